import type { Config } from './config.ts';

/** What each stage is told by the configuration: the one place where settings become options. */
export const prepare = (config: Config) => ({
  timeZone: config.TIME_ZONE,
  target: config.PUBLISH_TARGET,
  dataFolder: config.DATA_DIR,
});

export const rank = (config: Config) => ({ withoutPose: config.POSE === 'off' });

export const enhance = (config: Config) => ({
  template: config.TEMPLATE,
  club: { name: config.CLUB_NAME, ...(config.CLUB_LOGO !== undefined && { logo: config.CLUB_LOGO }) },
});

export const metadata = (config: Config) => ({
  club: { hashtags: config.HASHTAGS },
  privacy: config.PRIVACY,
});

export const upload = (config: Config) => ({
  ...metadata(config),
  target: config.PUBLISH_TARGET,
  chunkBytes: config.UPLOAD_CHUNK_MIB * 1024 * 1024,
});

export const cleanup = (config: Config) => ({
  target: config.PUBLISH_TARGET,
  completedFolder: config.COMPLETED_DIR,
});
