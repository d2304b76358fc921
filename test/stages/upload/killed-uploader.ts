/**
 * The uploading process that is killed (-9) at a given change on the disk, counted from the start. Arguments: data
 * folder, address of the YouTube, recording, number of the change, `before` or `after` it. Without a number it runs to
 * the end and prints how many changes there were.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const [dataFolder = '', rootUrl = '', file = '', number = '0', side = 'before'] = process.argv.slice(2);
let changes = 0;

/** Every record is put in place by a rename and taken away by a removal: these are the moments at which the disk changes. */
function deadlyAround<Args extends unknown[]>(change: (...args: Args) => void) {
  return (...args: Args): void => {
    changes += 1;
    const isDue = changes === Number(number);
    if (isDue && side === 'before') process.kill(process.pid, 'SIGKILL');
    change(...args);
    if (isDue) process.kill(process.pid, 'SIGKILL');
  };
}
fs.renameSync = deadlyAround(fs.renameSync);
fs.rmSync = deadlyAround(fs.rmSync);
syncBuiltinESMExports();

const { openStore } = await import('../../../src/workspace/store.ts');
const { uploadVideo } = await import('../../../src/stages/upload/index.ts');
const { createYouTube } = await import('../../../src/youtube/channel.ts');
const { localAuth } = await import('../../../src/youtube/auth.ts');
const { uploadOptions } = await import('./upload-options.ts');
const store = openStore(dataFolder);
const youtube = createYouTube({ rootUrl, auth: localAuth(), chunkBytes: 262_144 });
const attempt = { line: 'the killed one', place: [1, 1] as const };
const { signal } = new AbortController();
await uploadVideo(file, { ...uploadOptions, playlistPerTournament: true }, youtube, {
  store,
  attempt,
  signal,
  report: () => undefined,
});
store.close();
process.stdout.write(String(changes));
