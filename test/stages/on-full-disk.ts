import { readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StageError } from '../../src/domain/errors.ts';
import { explainSystemError } from '../../src/domain/system-error.ts';
import { runAttempt } from '../../src/stages/run-attempt.ts';
import { openStore } from '../../src/workspace/store.ts';

// Runs attempts whose data folder is on a disk that fills up. Arguments: the data folder, a recording elsewhere.
const [folder = '', recording = ''] = process.argv.slice(2);
const filler = path.join(folder, 'filler');
const fill = () => {
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(filler, Buffer.alloc(bavail * bsize));
};
const store = openStore(folder);
const cancelled = new AbortController().signal;
const place = (number: number) => ({ line: 'a run', place: [1, number] }) as const;
const attempt = place(1);
const run = <T>(stage: Parameters<typeof runAttempt<T>>[1]) =>
  runAttempt({ store, attempt, cancelled, report: () => undefined }, stage).then(
    (value) => `${value}`,
    (error) => {
      const told = error instanceof StageError ? error : explainSystemError(error);
      return told ? `${told.code}: ${told.message} ${told.action}` : `untold: ${error}`;
    },
  );

/** Sends from a recording on another disk, as an upload does: it asks whether it is superseded before each chunk. */
const upload = await run(async ({ store, signal }) => {
  const { videoId } = await store.open(recording, attempt);
  store.quota.reserve('local', videoId, { units: 100, uploads: 1 }, { units: 10_000, uploads: 100 });
  fill();
  for (let chunk = 0; chunk < 25; chunk++) {
    await sleep(100, undefined, { signal });
    store.fence.refresh(videoId, attempt);
    store.quota.touch('local', videoId);
  }
  return `sent ${readFileSync(recording).length} bytes`;
});
const superseded = await run(async ({ store }) => {
  rmSync(filler);
  const { videoId } = await store.open(recording, attempt);
  store.fence.take(videoId, place(2));
  fill();
  store.fence.refresh(videoId, attempt);
});
rmSync(filler);
const record = await run(async ({ store }) => {
  const { videoId } = await store.open(recording, place(3));
  fill();
  store.uploads.note(videoId, 'local', 'some');
});
rmSync(filler);
const again = await run(async ({ store }) => {
  const { videoId } = await store.open(recording, place(4));
  store.uploads.note(videoId, 'local', 'some');
  return 'resumed';
});
process.stdout.write(JSON.stringify({ upload, superseded, record, again }));
store.close();
