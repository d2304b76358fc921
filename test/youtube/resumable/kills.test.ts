import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { atEnd } from '../support.ts';
import { exists, faultScript, type Point, points, sizes } from './matrix/cells.ts';
import { assertOneVideo, prepareCell } from './matrix/run-cell.ts';
import { localYouTube, type StartServer, uploadx } from './matrix/servers.ts';

const sender = fileURLToPath(new URL('./matrix/sender.ts', import.meta.url));

/** What the recorded session may say after a kill at that point; there is none before the start is answered. */
const announced: Readonly<Record<Point, (size: number) => string | undefined>> = {
  'session start': () => undefined,
  'first chunk': (size) => (exists('last chunk', size) ? 'some' : 'all'),
  'middle chunk': () => 'some',
  'last chunk': () => 'all',
  'status question': (size) => (exists('last chunk', size) ? 'some' : 'all'),
  'final answer': () => 'all',
  'question about the outcome': () => 'all',
};

for (const [name, server] of Object.entries({ 'the local YouTube': localYouTube, '@uploadx/core': uploadx })) {
  describe(`a sender killed with -9, resumed by another process, against ${name}`, { concurrency: 4 }, () => {
    for (const point of points) {
      for (const [words, size] of Object.entries(sizes)) {
        if (exists(point, size)) test(`${point} × ${words}`, (t) => kill(t, server, point, size));
      }
    }
  });
}

async function kill(t: TestContext, startServer: StartServer, point: Point, size: number): Promise<void> {
  const { promise: stalled, resolve: onStall } = Promise.withResolvers<void>();
  const cell = await prepareCell(t, startServer, size, faultScript(point, 'kill', onStall));
  const { proxy, server, file, folder } = cell;
  const values = [proxy.url, file, String(size), folder, server.startBody];
  const child = spawn(process.execPath, [sender, ...values], { stdio: ['ignore', 'ignore', 'inherit'] });
  const exited = once(child, 'exit');
  atEnd(t, () => child.kill('SIGKILL'));
  await Promise.race([stalled, exited]);
  child.kill('SIGKILL');
  const [, signal] = await exited;
  assert.equal(signal, 'SIGKILL', 'it was killed while it was uploading');
  assert.equal((await cell.store.load())?.sent, announced[point](size));
  const before = proxy.requests.length;
  await assertOneVideo(cell, await cell.upload());
  const next = proxy.requests[before];
  assert.equal(next?.range?.kind, point === 'session start' ? undefined : 'question', 'asked before anything was sent');
}
