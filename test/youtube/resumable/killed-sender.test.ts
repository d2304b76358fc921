import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { atEnd, chunkBytes, setUp, sha256 } from '../support.ts';

const sender = fileURLToPath(new URL('./sender.ts', import.meta.url));

for (const { at, faultAt, sent } of [
  { at: 'in the middle of a chunk', faultAt: chunkBytes, sent: 'some' },
  { at: 'in the middle of the last chunk', faultAt: 2 * chunkBytes, sent: 'all' },
] as const) {
  test(`a sender killed ${at} is resumed by another process: one video, bytes equal`, async (t) => {
    const size = 2 * chunkBytes + 1_000_001;
    let inTheMiddle: () => void = () => {};
    const reached = new Promise<void>((resolve) => {
      inTheMiddle = resolve;
    });
    let stalled = false;
    const setting = await setUp(t, {
      size,
      faults: ({ contentRange }) => {
        if (stalled || !contentRange?.startsWith(`bytes ${faultAt}-`)) return undefined;
        stalled = true;
        inTheMiddle();
        return { kind: 'stall', afterBytes: 600_000 };
      },
    });
    const child = spawn(process.execPath, [sender, setting.server.url, setting.file, String(size), setting.folder], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    atEnd(t, () => child.kill('SIGKILL'));
    await reached;
    await new Promise((resolve) => setTimeout(resolve, 100));
    child.kill('SIGKILL');
    const [, signal] = await once(child, 'exit');
    assert.equal(signal, 'SIGKILL');
    assert.equal((await setting.store.load())?.sent, sent);

    setting.requests.length = 0;
    const { answer, sha256: fingerprint } = await setting.upload();
    assert.equal(setting.requests[0], `PUT bytes */${size}`);
    assert.match(setting.requests[1] ?? '', new RegExp(`^PUT bytes ${faultAt + 524_288}-`), 'whole units were kept');
    const { id, bytes } = await setting.onlyVideo();
    assert.equal((answer as { id: string }).id, id);
    assert.ok(bytes.equals(setting.content));
    assert.equal(fingerprint, sha256(setting.content));
  });
}

test('a sender killed after the last byte was stored: the same video is named again', async (t) => {
  let reached: () => void = () => {};
  const stored = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const setting = await setUp(t, {
    size: 1000,
    // Every answer is lost until the sender is gone.
    faults: ({ method, contentRange }) => {
      if (method === 'PUT' && contentRange?.startsWith('bytes */') && child.exitCode === null && !child.killed) {
        reached();
        return { kind: 'stall' };
      }
      return contentRange?.startsWith('bytes 0-') ? { kind: 'loseAnswer' } : undefined;
    },
  });
  const child = spawn(process.execPath, [sender, setting.server.url, setting.file, '1000', setting.folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  atEnd(t, () => child.kill('SIGKILL'));
  await stored;
  child.kill('SIGKILL');
  await once(child, 'exit');
  const { answer } = await setting.upload();
  assert.equal((answer as { id: string }).id, (await setting.onlyVideo()).id);
});
