// A process of chaos.ts: the local YouTube, failing at random. Arguments: folder, port, seed. Prints a line when it is up.
import { type FaultRule, scriptFaults } from '../../src/local-youtube/fault-rules.ts';
import { startLocalYouTube } from '../../src/local-youtube/local-youtube.ts';
import { chunkUnitBytes } from '../../src/youtube/resumable/session.ts';

const [folder = '', port = '0', seed = '1'] = process.argv.slice(2);

const anywhere: FaultRule['fault'][] = [
  { kind: 'answer', status: 503 },
  { kind: 'answer', status: 429, headers: { 'retry-after': '0' } },
  { kind: 'answer', reason: 'rateLimitExceeded' },
  { kind: 'drop' },
  { kind: 'loseAnswer' },
  { kind: 'truncateAnswer' },
];
const inChunks: FaultRule['fault'][] = [
  { kind: 'drop', afterBytes: 1000 },
  { kind: 'answer', status: 503, afterBytes: chunkUnitBytes },
  { kind: 'keep', bytes: 0 },
  { kind: 'stall', afterBytes: 50 },
  { kind: 'answer', status: 404 },
  { kind: 'loseAnswer' },
];
const rules: FaultRule[] = [
  ...inChunks.map((fault) => ({ when: { call: 'upload.chunk', chance: 0.03 }, fault })),
  { when: { call: 'upload.question', chance: 0.05 }, fault: { kind: 'answer', status: 404 } },
  { when: { call: 'upload.question', chance: 0.1 }, fault: { kind: 'drop' } },
  ...anywhere.map((fault) => ({ when: { path: '/youtube/*', chance: 0.015 }, fault })),
  ...anywhere.map((fault) => ({ when: { call: 'videos.insert', chance: 0.03 }, fault })),
  ...anywhere.map((fault) => ({ when: { call: 'thumbnails.set', chance: 0.01 }, fault })),
];

await startLocalYouTube({
  folder,
  port: Number(port),
  processingMs: 100,
  // A new video shows in the list of uploads only a moment later, and a search must not be believed before.
  listingMs: 1500,
  quota: { units: 10_000_000, uploads: 100_000 },
  faults: scriptFaults(rules, Number(seed)),
});
process.stdout.write('up\n');
