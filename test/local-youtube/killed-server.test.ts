import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { usualBehaviour } from '../../src/local-youtube/behaviour.ts';
import { openLibrary } from '../../src/local-youtube/library.ts';
import { startLocalYouTube } from '../../src/local-youtube/local-youtube.ts';
import { openSessions } from '../../src/local-youtube/sessions.ts';
import { channelId } from '../../src/local-youtube/video-resource.ts';
import { uploadResumable } from '../../src/youtube/resumable/upload-resumable.ts';
import {
  atEnd,
  chunkBytes,
  fileStore,
  listVideos,
  plainUpload,
  randomFile,
  temporaryFolder,
  unit,
} from '../youtube/support.ts';

const script = fileURLToPath(new URL('./server.ts', import.meta.url));

async function spawnServer(
  t: TestContext,
  folder: string,
  port: number,
): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, [script, folder, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
  atEnd(t, () => child.kill('SIGKILL'));
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, port: Number(String(line)) };
}

test('a server killed in the middle of an upload knows its sessions and videos when restarted', async (t) => {
  const folder = await temporaryFolder(t);
  const youtube = path.join(folder, 'youtube');
  const size = 4 * chunkBytes + 11;
  const file = await randomFile(folder, size);
  const first = await spawnServer(t, youtube, 0);
  let chunks = 0;
  const beforeChunk = async () => {
    chunks += 1;
    if (chunks !== 3) return;
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    await spawnServer(t, youtube, first.port);
  };
  const url = `http://127.0.0.1:${first.port}/`;
  const store = fileStore(folder);
  const upload = { ...plainUpload(url, file, size, store), beforeChunk };
  const { answer } = await uploadResumable(upload);
  const id = (answer as { id: string }).id;
  assert.deepEqual(await listVideos(url), [id]);
  const media = Buffer.from(await (await fetch(`${url}media/${id}`)).arrayBuffer());
  assert.ok(media.equals(await readFile(file)));
  assert.deepEqual((await uploadResumable(upload)).answer, answer, 'a finished session answers after a restart too');
});

test('a server killed between the last byte and the video finishes it at the next start', async (t) => {
  const folder = await temporaryFolder(t);
  const store = fileStore(folder);
  const file = await randomFile(folder, unit);
  const server = await startLocalYouTube({ folder });
  const upload = plainUpload(server.url, file, unit, store);
  await uploadResumable({ ...upload, beforeChunk: () => Promise.reject(new Error('only open the session')) }).catch(
    () => {},
  );
  await server.close();

  // The state of a process that died after it had stored everything: bytes present and counted, but no video yet.
  const id = new URL((await store.load())?.url ?? '').searchParams.get('upload_id') ?? '';
  const library = await openLibrary(path.join(folder, 'none'));
  const sessions = await openSessions({
    folder: path.join(folder, 'sessions'),
    library,
    behaviour: usualBehaviour,
    shown: () => ({ rootUrl: '', now: Date.now(), channelId }),
  });
  const content = await readFile(file);
  const { writeFile } = await import('node:fs/promises');
  await writeFile(sessions.partFile(id), content);
  const json = path.join(folder, 'sessions', `${id}.json`);
  await writeFile(json, JSON.stringify({ ...sessions.get(id), stored: unit }));

  const again = await startLocalYouTube({ folder, port: server.port });
  atEnd(t, () => again.close());
  const { answer } = await uploadResumable(upload);
  assert.deepEqual(await listVideos(again.url), [(answer as { id: string }).id]);
});
