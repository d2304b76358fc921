import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Activities, VideoSettings } from '../../src/temporal/activity-types.ts';
import type { Host } from '../../src/temporal/worker-parts.ts';

const candidates = Array.from({ length: 10 }, (_, index) => ({
  rank: index + 1,
  frame: `frame-${String(index + 1).padStart(2, '0')}.jpg`,
  time: 20 + index * 55,
  score: 0.95 - index * 0.03,
  why: 'two players in full, a racket arm raised, sharp, the net between them',
}));

/**
 * Activities that answer at once what the real ones answer for a recording of ten minutes: 2,000 recordings would be
 * ranked for days, and ranking is measured by rank.ts.
 */
export function cannedActivities(host: Host, settings: VideoSettings): Activities {
  const notHere = () => Promise.reject(new Error('Nothing is revised in this benchmark.'));
  const titleOf = (videoPath: string) => `An vs ${path.parse(videoPath).name.slice(8)} | Cafe Game (2024-12-15)`;
  return {
    listHostsActivity: async () => ({ hosts: [host], others: [] }),
    acceptVideoActivity: async () => ({ hostId: host.id, hostName: host.name, settings }),
    describeHostActivity: async () => ({ buildId: 'bench', startedAt: new Date().toISOString(), freeBytes: 1e11 }),
    hasUploadBegunActivity: async () => true,
    cancelOwnVideoActivity: async () => undefined,
    prepareVideoActivity: async (videoPath) => ({
      videoId: `video-${createHash('sha256').update(videoPath).digest('hex').slice(0, 16)}`,
      recording: path.basename(videoPath),
      durationSeconds: 600,
      match: { matchType: 'ms', teams: [['An'], [path.parse(videoPath).name.slice(8)]], tournament: 'Cafe Game' },
      recordedOn: '2024-12-15',
      title: titleOf(videoPath),
      warnings: [],
    }),
    rankThumbnailsActivity: async () => ({ candidates, notes: [] }),
    selectThumbnailActivity: async (_, frame = candidates[0]?.frame ?? '') => ({ frame, time: 20 }),
    enhanceThumbnailActivity: async (videoPath) => ({ file: `${videoPath}.jpg`, warnings: [] }),
    uploadVideoActivity: async (videoPath) => ({
      youtubeId: 'aaaaaaaaaaa',
      watchUrl: 'http://localhost/watch?v=aaaaaaaaaaa',
      title: titleOf(videoPath),
      rehearsal: true,
    }),
    cleanupVideoActivity: async () => ({}),
    lookAtPublishedActivity: notHere,
    drawRevisionActivity: notHere,
    reviseVideoActivity: notHere,
  };
}
