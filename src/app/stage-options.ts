import type { StageOptions } from '../stages/stage-options.ts';
import type { Config } from './config.ts';
import { sampleFolder } from './studio/own-sample.ts';

/**
 * Each stage's options from the configuration: the one place where settings become options.
 * @param target of a video whose publishing began before another one was set
 */
export function stageOptions(config: Config, target = config.PUBLISH_TARGET): StageOptions {
  const metadata = { club: { hashtags: config.HASHTAGS }, privacy: config.PRIVACY, tags: config.TAGS };
  return {
    prepare: { timeZone: config.TIME_ZONE, target, dataFolder: config.DATA_DIR },
    rank: { withoutPose: config.POSE === 'off' },
    enhance: {
      template: config.TEMPLATE,
      ...(config.THEME !== undefined && { theme: config.THEME }),
      designs: config.DESIGNS_DIR,
      size: config.THUMBNAIL_SIZE,
      mostBytes: config.THUMBNAIL_MAX_MB * 1_000_000,
      club: { name: config.CLUB_NAME, ...(config.CLUB_LOGO !== undefined && { logo: config.CLUB_LOGO }) },
    },
    metadata,
    upload: {
      ...metadata,
      target,
      madeForKids: config.MADE_FOR_KIDS,
      syntheticMedia: config.SYNTHETIC_MEDIA,
      language: config.LANGUAGE,
      publishTime: config.PUBLISH_AT === undefined ? undefined : { at: config.PUBLISH_AT, timeZone: config.TIME_ZONE },
      playlistPerTournament: config.PLAYLIST === 'tournament',
      quota: quota(config),
      // Google's lists lag behind; a local YouTube's do not.
      listingLagSeconds: target === 'youtube' && config.YOUTUBE_URL === undefined ? 600 : 0,
      retryPauseSeconds: config.RETRY_INTERVAL,
      rehearsalsOnly: sampleFolder(config.DATA_DIR),
    },
    cleanup: { target, completedFolder: config.COMPLETED_DIR },
  };
}

export const quota = (config: Config) => ({ units: config.QUOTA_UNITS, uploads: config.QUOTA_UPLOADS });
