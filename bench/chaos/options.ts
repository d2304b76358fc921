import type { UploadOptions } from '../../src/stages/upload/index.ts';

/** What the uploading processes publish with, and the expected final state of the channel. */
export const chaosOptions: UploadOptions = {
  target: 'local',
  club: { hashtags: ['chaos'] },
  privacy: 'public',
  tags: [],
  madeForKids: false,
  syntheticMedia: false,
  language: undefined,
  publishTime: undefined,
  playlistPerTournament: true,
  quota: { units: 10_000_000, uploads: 100_000 },
  listingLagSeconds: 0,
  retryPauseSeconds: 0.02,
};
