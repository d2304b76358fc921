import type { Config } from './config.ts';
import type { UploadOptions } from './stages/upload/options.ts';

/** What each stage is told by the configuration: the one place where settings become options. */
export const prepare = (config: Config) => ({
  timeZone: config.TIME_ZONE,
  target: config.PUBLISH_TARGET,
  dataFolder: config.DATA_DIR,
});

export const rank = (config: Config) => ({ withoutPose: config.POSE === 'off' });

export const enhance = (config: Config) => ({
  template: config.TEMPLATE,
  ...(config.THEME !== undefined && { theme: config.THEME }),
  designs: config.DESIGNS_DIR,
  size: config.THUMBNAIL_SIZE,
  mostBytes: config.THUMBNAIL_MAX_MB * 1_000_000,
  club: { name: config.CLUB_NAME, ...(config.CLUB_LOGO !== undefined && { logo: config.CLUB_LOGO }) },
});

export const metadata = (config: Config) => ({
  club: { hashtags: config.HASHTAGS },
  privacy: config.PRIVACY,
  tags: config.TAGS,
});

export const upload = (config: Config): UploadOptions => ({
  ...metadata(config),
  target: config.PUBLISH_TARGET,
  madeForKids: config.MADE_FOR_KIDS,
  syntheticMedia: config.SYNTHETIC_MEDIA,
  language: config.LANGUAGE,
  publishTime: config.PUBLISH_AT === undefined ? undefined : { at: config.PUBLISH_AT, timeZone: config.TIME_ZONE },
  playlistPerTournament: config.PLAYLIST === 'tournament',
  quota: quota(config),
  // Google's lists lag behind; those of a local YouTube do not.
  listingLagSeconds: config.PUBLISH_TARGET === 'youtube' && config.YOUTUBE_URL === undefined ? 600 : 0,
  retryPauseSeconds: config.RETRY_INTERVAL,
});

export const quota = (config: Config) => ({ units: config.QUOTA_UNITS, uploads: config.QUOTA_UPLOADS });
export const cleanup = (config: Config) => ({
  target: config.PUBLISH_TARGET,
  completedFolder: config.COMPLETED_DIR,
});
