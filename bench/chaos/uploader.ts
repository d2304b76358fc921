// A process of chaos.ts: publishes recordings one after another, again and again, until each is published or the
// process is killed. Arguments: data folder, address of the YouTube, files.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { StageError } from '../../src/domain/errors.ts';
import { uploadVideo } from '../../src/stages/upload/index.ts';
import { openStore } from '../../src/workspace/store.ts';
import { localAuth } from '../../src/youtube/auth.ts';
import { createYouTube } from '../../src/youtube/channel.ts';
import { chunkUnitBytes } from '../../src/youtube/resumable/session.ts';
import { chaosOptions } from './options.ts';

const [dataFolder = '', rootUrl = '', ...files] = process.argv.slice(2);
const store = openStore(dataFolder);
const youtube = createYouTube({
  rootUrl,
  auth: localAuth(),
  chunkBytes: chunkUnitBytes,
  stallTimeoutMs: 300,
  requestTimeoutMs: 3000,
  retry: { attempts: 3, minDelayMs: 5, maxDelayMs: 40 },
});
const { signal } = new AbortController();
// Loaded now, so that it is killed while working and not while starting.
await import('@googleapis/youtube');
process.stdout.write('up\n');

for (let left = files; left.length > 0; ) {
  const again: string[] = [];
  for (const file of left) {
    const attempt = { line: randomUUID(), place: [1, 1] as const };
    try {
      await uploadVideo(file, chaosOptions, youtube, { store, attempt, signal, report: () => undefined });
    } catch (error) {
      if (!(error instanceof StageError) || error.remedy !== 'retry') throw error;
      again.push(file);
    }
  }
  // Whenever a retry would be worthwhile: nobody waits long here, and asking early must do no harm.
  if (again.length > 0) await sleep(50);
  left = again;
}
store.close();
