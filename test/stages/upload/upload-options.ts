import type { UploadOptions } from '../../../src/stages/upload/index.ts';

export const uploadOptions: UploadOptions = {
  target: 'local',
  club: { hashtags: ['badminton'] },
  privacy: 'unlisted',
  tags: [],
  madeForKids: false,
  syntheticMedia: false,
  language: undefined,
  publishTime: undefined,
  playlistPerTournament: false,
  quota: { units: 10_000, uploads: 100 },
  listingLagSeconds: 0,
  retryPauseSeconds: 0.01,
};
