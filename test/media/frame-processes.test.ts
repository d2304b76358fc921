import assert from 'node:assert/strict';
import { after, before, suite, type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FrameServerOptions, openFrameServer } from '../../src/media/index.ts';
import { endsWithin } from '../child/processes.ts';
import { childrenOf } from '../support/children.ts';
import { clipSize, temporaryFolder, writeClip } from './clips.ts';

const width = clipSize.width;
const exact = (time: number) => ({ time, width, precision: 'exact' }) as const;
const key = (time: number) => ({ time, width, precision: 'key' }) as const;
const processes = () => childrenOf(process.pid);
const onlyProcess = () => {
  const [pid, ...others] = processes();
  assert.ok(pid && others.length === 0, `${pid}, ${others}`);
  return pid;
};

/** One at a time, because each test counts the processes. */
suite('processes of the frame server', { concurrency: 1 }, () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let clips: string[];
  /** It has a single key frame, so that a frame at its end takes a while. */
  let slow: string;
  const late = 69.9;
  before(async () => {
    folder = await temporaryFolder();
    clips = await Promise.all(['a', 'b', 'c'].map((name) => writeClip(folder.path(`${name}.mov`), { seconds: 2 })));
    slow = await writeClip(folder.path('slow.mov'), { seconds: 70, secondsBetweenKeyFrames: 1000 });
  });
  after(() => folder.remove());

  function opened(t: TestContext, options: FrameServerOptions = {}) {
    const server = openFrameServer(options);
    t.after(() => server.close());
    return server;
  }

  /** Ends the process, and tells whether a frame is served without another one, that is, from the cache. */
  async function isCached(server: ReturnType<typeof openFrameServer>, file: string, time: number): Promise<boolean> {
    const pid = onlyProcess();
    process.kill(pid, 'SIGKILL');
    assert.ok(await endsWithin(pid, 5000));
    await server.frame(file, exact(time));
    return !processes().some((other) => other !== pid);
  }

  test('starts one for a recording, and ends it when closed', async (t) => {
    const server = opened(t);
    const [clip = ''] = clips;
    assert.deepEqual(processes(), []);
    await server.frame(clip, exact(1));
    const pid = onlyProcess();
    await server.frame(clip, exact(0.5));
    await server.frame(clip, key(1.5));
    assert.equal(onlyProcess(), pid);
    const waiting = assert.rejects(server.frame(slow, exact(late)), /closed/);
    await sleep(300);
    await server.close();
    await waiting;
    assert.deepEqual(processes(), []);
    await assert.rejects(server.frame(clip, exact(1)), /closed/);
  });

  test('ends an idle one, and starts another for the next request', async (t) => {
    const server = opened(t, { idleMs: 100 });
    const [clip = ''] = clips;
    await server.frame(clip, exact(1));
    assert.ok(await endsWithin(onlyProcess(), 5000));
    await server.frame(clip, exact(0.5));
  });

  test('does not mistake a busy one for idle', async (t) => {
    const server = opened(t, { idleMs: 20 });
    assert.ok((await server.frame(slow, exact(late))).time > 69);
  });

  test('ends the least recently used one to make room for another recording', async (t) => {
    const server = opened(t, { maximumChildren: 2, cacheBytes: 0 });
    const [a = '', b = '', c = ''] = clips;
    await server.frame(a, exact(1));
    const first = onlyProcess();
    await server.frame(b, exact(1));
    const second = processes().find((pid) => pid !== first) ?? 0;
    await server.frame(a, exact(0.5));
    await server.frame(c, exact(1));
    assert.ok(await endsWithin(second, 1000));
    assert.equal(processes().length, 2);
    assert.ok(processes().includes(first));
  });

  test('keeps another recording waiting until one has finished its work', async (t) => {
    const server = opened(t, { maximumChildren: 1 });
    const order: string[] = [];
    const [a = '', b = ''] = clips;
    const ask = async (file: string) => {
      await server.frame(file, exact(file === slow ? late : 1));
      order.push(file);
      assert.ok(processes().length <= 1);
    };
    const first = ask(slow);
    // Of several simultaneous requests, any may be first, because each looks at its file beforehand.
    for (let look = 0; processes().length === 0 && look < 500; look += 1) await sleep(10);
    await Promise.all([first, ask(a), ask(b)]);
    assert.equal(order[0], slow);
  });

  test('a crash, a hang and too much memory are errors, and the next request starts a new one', async (t) => {
    // Longer than a process may take to start on a busy machine: until then, it shows no sign of life.
    const server = opened(t, { stallTimeoutMs: 6000 });
    const fails = (message: RegExp) =>
      assert.rejects(server.frame(slow, exact(late)), { code: 'DECODER_FAILED', remedy: 'retry', message });
    for (const [signal, message] of [
      ['SIGKILL', /SIGKILL/],
      ['SIGSEGV', /SIGSEGV/],
      ['SIGSTOP', /hung/],
    ] as const) {
      await server.frame(slow, key(0));
      const pid = onlyProcess();
      const outcome = fails(message);
      await sleep(50);
      process.kill(pid, signal);
      await outcome;
      assert.ok(await endsWithin(pid, 1000));
      assert.equal((await server.frame(slow, { ...exact(0), width: pid })).time, 0);
    }
    const small = opened(t, { memoryLimitBytes: 10 * 1024 ** 2 });
    await assert.rejects(small.frame(slow, exact(late)), { code: 'DECODER_FAILED', message: /10 MB/ });
  });

  test('a request that comes just as an idle one dies is answered by another', async (t) => {
    const server = opened(t);
    const [clip = ''] = clips;
    await server.frame(clip, exact(1));
    for (const time of [0.2, 0.4, 0.6]) {
      process.kill(onlyProcess(), 'SIGKILL');
      assert.ok(Math.abs((await server.frame(clip, exact(time))).time - time) < 0.05, `${time}`);
    }
  });

  test('an exact frame that nobody waits for any more is stopped, and the process continues', async (t) => {
    const server = opened(t);
    await server.frame(slow, key(0));
    const pid = onlyProcess();
    const controller = new AbortController();
    const unwanted = assert.rejects(server.frame(slow, exact(late), controller), { message: 'moved on' });
    await sleep(100);
    controller.abort(new Error('moved on'));
    await unwanted;
    assert.ok(Math.abs((await server.frame(slow, exact(1))).time - 1) < 1e-6);
    assert.equal(onlyProcess(), pid);
    assert.equal(await isCached(server, slow, late), false);
  });

  test('resumes where it was stopped', async (t) => {
    const server = opened(t);
    await server.frame(slow, key(0));
    const controller = new AbortController();
    const unwanted = assert.rejects(server.frame(slow, exact(late), controller));
    await sleep(100);
    controller.abort();
    await unwanted;
    for (const time of [69, 68.5, 20]) {
      assert.ok(Math.abs((await server.frame(slow, exact(time))).time - time) < 1e-6, `${time}`);
    }
  });

  test('a request that is aborted before its turn is not decoded', async (t) => {
    const server = opened(t);
    const first = server.frame(slow, exact(late));
    await sleep(50);
    const controller = new AbortController();
    const unwanted = assert.rejects(server.frame(slow, exact(5), controller), { name: 'AbortError' });
    await sleep(50);
    controller.abort();
    await unwanted;
    await first;
    await server.frame(slow, exact(1));
    assert.equal(await isCached(server, slow, 5), false);
  });

  test('shows key frames while an exact one is being decoded, and then the latest request', async (t) => {
    const server = opened(t);
    await server.frame(slow, key(0));
    const order: string[] = [];
    const asked: Promise<unknown>[] = [];
    const ask = async (name: string, query: ReturnType<typeof exact> | ReturnType<typeof key>) => {
      asked.push(server.frame(slow, query).then(() => order.push(name)));
      await sleep(20);
    };
    await ask('late', exact(late));
    await ask('early', exact(3));
    await ask('later', exact(2));
    await ask('key', { ...key(50), width: 100 });
    await Promise.all(asked);
    assert.deepEqual(order, ['key', 'late', 'later', 'early']);
  });

  test('equal requests share one decoding until the last of them is aborted', async (t) => {
    const server = opened(t, { cacheBytes: 0 });
    const controller = new AbortController();
    const unwanted = assert.rejects(server.frame(slow, exact(20), controller), { name: 'AbortError' });
    const [one, other] = [server.frame(slow, exact(20)), server.frame(slow, exact(20))];
    await sleep(20);
    controller.abort();
    await unwanted;
    assert.equal(await one, await other);
    assert.notEqual(await server.frame(slow, exact(20)), await one, 'nothing was to be kept');
  });

  test('keeps what it has shown', async (t) => {
    const server = opened(t);
    const shown = await server.frame(slow, exact(3));
    assert.equal(await server.frame(slow, exact(3.02)), shown, 'it is the same frame');
    assert.notEqual((await server.frame(slow, exact(shown.nextTime ?? 0))).time, shown.time);
    assert.equal(await isCached(server, slow, 3), true);
  });
});
