import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { appendFile, mkdir, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { recordingsIn } from '../../src/intake/recordings.ts';
import { type WatchFolderOptions, watchFolder } from '../../src/intake/watch-folder.ts';
import { probe } from '../../src/media/index.ts';
import { atEnd, temporaryFolder } from '../support/clean-up.ts';
import { sampleRecording } from '../support/sample-recording.ts';

const quietFor = 150;

interface Intake {
  readonly folder: string;
  /** Names of the files that were picked up, in order. */
  readonly taken: string[];
  /** The sentences for people. */
  readonly said: string[];
  watch(options?: Partial<WatchFolderOptions>): { close(): Promise<void> };
  at(name: string): string;
  /** A recording outside the folder. */
  recording(name?: string): Promise<string>;
}

async function setUp(t: TestContext): Promise<Intake> {
  const root = await temporaryFolder(t);
  const folder = path.join(root, 'input');
  const taken: string[] = [];
  const said: string[] = [];
  return {
    folder,
    taken,
    said,
    at: (name) => path.join(folder, name),
    recording: (name) => sampleRecording(path.join(root, 'camera'), name),
    watch(options) {
      const take = async (file: string) => void taken.push(path.basename(file));
      const watching = watchFolder(folder, {
        quietFor,
        giveUpAfter: 60_000,
        check: (file) => probe(file),
        take,
        say: (message) => said.push(message),
        ...options,
      });
      atEnd(t, () => watching.close());
      return watching;
    },
  };
}

async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > deadline) assert.fail(`waited in vain until ${what}`);
    await sleep(20);
  }
}

describe('watchFolder', () => {
  it('picks up what is there, what arrives and what is moved in, each once', async (t) => {
    const { folder, taken, watch, at, recording } = await setUp(t);
    await sampleRecording(folder, 'there.mov');
    watch();
    await until(() => taken.length === 1, 'the present one is taken');
    await rename(await recording('moved.mp4'), at('moved.mp4'));
    await writeFile(at('UPPER.MOV'), await readFile(await recording()));
    await until(() => taken.length === 3, 'both are taken');
    await sleep(3 * quietFor);
    assert.deepEqual(taken.toSorted(), ['UPPER.MOV', 'moved.mp4', 'there.mov']);
  });

  it('misses nothing that arrives at the very moment it begins to watch', async (t) => {
    const { taken, watch, at } = await setUp(t);
    const names = Array.from({ length: 40 }, (_, number) => `${number + 10}.mov`);
    watch({ check: async () => {} });
    for (const name of names) {
      await writeFile(at(name), name);
      await new Promise(setImmediate);
    }
    await until(() => taken.length >= names.length, 'all are taken');
    assert.deepEqual(taken.toSorted(), names);
  });

  it('picks up a slowly copied recording only when it is whole, and once', async (t) => {
    const { taken, said, watch, at, recording } = await setUp(t);
    const content = await readFile(await recording());
    watch();
    const file = at('slow.mov');
    const pieces = 6;
    for (let piece = 0; piece < pieces; piece++) {
      assert.deepEqual(taken, [], 'not whole yet');
      const [from, to] = [piece, piece + 1].map((part) => Math.floor((content.length * part) / pieces));
      await appendFile(file, content.subarray(from, to));
      // One pause is long enough to look like the end of the copying.
      if (piece === 2) await until(() => said.length > 0, 'the pause is noticed');
      await sleep(50);
    }
    await until(() => taken.length > 0, 'it is taken');
    assert.match(said[0] ?? '', /^slow\.mov is not whole yet \(.+\) Waiting for it\.$/);
    await sleep(3 * quietFor);
    assert.deepEqual(taken, ['slow.mov']);
  });

  it('leaves hidden files, other files and folders alone', async (t) => {
    const { folder, taken, said, watch, at, recording } = await setUp(t);
    const content = await readFile(await recording());
    watch();
    await mkdir(at('folder.mov'), { recursive: true });
    for (const name of ['.hidden.mov', '._macos.mov', 'copying.mov.part', 'notes.txt', 'folder.mov/inside.mov']) {
      await writeFile(at(name), content);
    }
    await writeFile(at('match.mov'), content);
    await until(() => taken.length > 0, 'the recording is taken');
    await sleep(3 * quietFor);
    assert.deepEqual([taken, said], [['match.mov'], []]);
    assert.deepEqual(await recordingsIn(folder), [at('match.mov')]);
  });

  it("says once of a camcorder's ending that such files are not picked up, and what to do", async (t) => {
    const { folder, taken, said, watch, at, recording } = await setUp(t);
    await mkdir(folder);
    const content = await readFile(await recording());
    for (const name of ['00001.MTS', '00002.MTS', '._00003.MTS']) await writeFile(at(name), content);
    watch();
    await until(() => said.length > 0, 'it is said');
    await rename(at('00002.MTS'), at('00002.mp4'));
    await until(() => taken.length > 0, 'the renamed one is taken');
    assert.deepEqual([taken, said.length], [['00002.mp4'], 1]);
    assert.match(said[0] ?? '', /^00001\.MTS is not picked up, .* ends in \.MTS\. .*ends in \.mp4 instead of \.MTS/);
    await rm(at('00001.MTS'));
    await sleep(quietFor);
    await writeFile(at('00004.MTS'), content);
    await until(() => said.length > 1, 'it is said of another one later');
    assert.match(said[1] ?? '', /^00004\.MTS is not picked up/);
  });

  it('lists links to recordings, but not links to folders or dangling ones', async (t) => {
    const { folder, at, recording } = await setUp(t);
    await mkdir(folder);
    await symlink(await recording(), at('link.mov'));
    await symlink(folder, at('folder.mov'));
    await symlink(at('nowhere'), at('nothing.mov'));
    assert.deepEqual(await recordingsIn(folder), [at('link.mov')]);
  });

  it('says nothing and restarts nothing when only the time of a file changes', async (t) => {
    const { folder, taken, said, watch, at } = await setUp(t);
    await sampleRecording(folder, 'touched.mov');
    watch();
    await until(() => taken.length === 1, 'it is taken');
    await utimes(at('touched.mov'), new Date(), new Date(Date.now() - 60_000));
    await sleep(5 * quietFor);
    assert.deepEqual([taken, said], [['touched.mov'], []]);
    await writeFile(at('touched.mov'), await readFile(await sampleRecording(path.join(folder, '..', 'camera'))));
    await until(() => taken.length === 2, 'another content is taken');
  });

  it('takes again, as one that is back, what is moved out and in between two looks', async (t) => {
    const { folder, watch, at } = await setUp(t);
    await sampleRecording(folder, 'moved.mov');
    const taken: boolean[] = [];
    watch({ take: async (_, isBack) => void taken.push(isBack) });
    await until(() => taken.length === 1, 'it is taken');
    // At once, so that no look comes between.
    renameSync(at('moved.mov'), path.join(folder, '..', 'moved.mov'));
    renameSync(path.join(folder, '..', 'moved.mov'), at('moved.mov'));
    await until(() => taken.length === 2, 'it is taken again');
    assert.deepEqual(taken, [false, true]);
  });

  it('waits longer for what may grow at any time once it has been seen to change', async (t) => {
    const { taken, watch, at } = await setUp(t);
    watch({ check: async () => {}, quietWhenUnsure: 1500 });
    await writeFile(at('stream.mp4'), 'a transport stream');
    await until(() => taken.length === 1, 'what was there before, or came at once, is taken');
    await writeFile(at('growing.mp4'), 'a transport stream');
    await sleep(quietFor / 2);
    await appendFile(at('growing.mp4'), ', and more of it');
    await sleep(4 * quietFor);
    assert.equal(taken.length, 1);
    await until(() => taken.length === 2, 'it is taken at last');
  });

  it('eventually picks up what never becomes a video, so that a person hears about it', async (t) => {
    const { taken, watch, at } = await setUp(t);
    const began = performance.now();
    watch({ giveUpAfter: 400 });
    await writeFile(at('text.mov'), 'not a video');
    await until(() => taken.length > 0, 'it is taken');
    assert.ok(performance.now() - began >= 400);
    assert.deepEqual(taken, ['text.mov']);
  });

  it('forgets what was removed again', async (t) => {
    const { taken, said, watch, at } = await setUp(t);
    // At once: on a busy machine a decoder could take longer to refuse it than this test waits.
    watch({ giveUpAfter: 1000, check: () => Promise.reject(new Error('It is no video.')) });
    await writeFile(at('text.mov'), 'not a video');
    await until(() => said.length === 1, 'it waits for the rest');
    await rm(at('text.mov'));
    await sleep(1400);
    assert.deepEqual([taken, said.length], [[], 1]);
  });

  it('picks up once a recording that changes while being checked', async (t) => {
    const { taken, watch, at } = await setUp(t);
    const checks: (() => void)[] = [];
    watch({ check: () => new Promise<void>((whole) => checks.push(whole)) });
    await writeFile(at('match.mov'), 'first');
    await until(() => checks.length === 1, 'the check has begun');
    await writeFile(at('match.mov'), 'second, longer');
    await until(() => checks.length === 2, 'it is checked again');
    for (const whole of checks) whole();
    await sleep(100);
    assert.deepEqual(taken, ['match.mov']);
  });

  it('picks up nothing after being closed, not even what was being checked', async (t) => {
    const { taken, said, watch, at } = await setUp(t);
    const checks: PromiseWithResolvers<void>[] = [];
    const watching = watch({
      giveUpAfter: 50,
      check: () => {
        const check = Promise.withResolvers<void>();
        checks.push(check);
        return check.promise;
      },
    });
    for (const name of ['one.mov', 'two.mov']) await writeFile(at(name), name);
    await until(() => checks.length === 2, 'both are being checked');
    await watching.close();
    checks[0]?.resolve();
    checks[1]?.reject(new Error('not whole'));
    await sleep(200);
    assert.deepEqual([taken, said], [[], []]);
  });

  it('retries what could not be started', async (t) => {
    const { said, taken, watch, at } = await setUp(t);
    let failures = 2;
    const take = async (file: string) => {
      if (failures-- > 0) throw new Error('no server');
      taken.push(path.basename(file));
    };
    watch({ check: async () => {}, take, tryAgainAfter: 100 });
    await writeFile(at('one.mov'), 'x');
    await until(() => taken.length === 1, 'it is taken up in the end');
    assert.equal(said.length, 2);
  });

  it('reports a recording that could not be picked up, and continues with the others', async (t) => {
    const { said, taken, watch, at } = await setUp(t);
    const take = async (file: string) => {
      if (file.endsWith('one.mov')) throw new Error('no server');
      taken.push(path.basename(file));
    };
    watch({ check: async () => {}, take });
    await writeFile(at('one.mov'), '1');
    await until(() => said.length === 1, 'it says so');
    assert.equal(said[0], 'one.mov could not be started (no server); it will be tried again soon.');
    await writeFile(at('two.mov'), '2');
    await until(() => taken.length === 1, 'the other is taken');
  });
});
