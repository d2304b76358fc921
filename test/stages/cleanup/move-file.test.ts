import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { copyFile, link, mkdir, readdir, stat, symlink, unlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type MoveOptions, moveFile } from '../../../src/stages/cleanup/move-file.ts';
import { freeName, removeName } from '../../../src/stages/cleanup/names.ts';
import { temporaryFolder } from '../../support/clean-up.ts';
import { startNode } from '../../support/node-process.ts';
import { stageError } from '../../support/stage-bench.ts';

/** Where Linux usually has a disk and a file system in memory. */
const places = ['/dev/shm', '/tmp', '/var/tmp'];
const mover = new URL('./mover.ts', import.meta.url);

interface Setting {
  readonly source: string;
  readonly target: string;
  readonly content: Buffer;
  move(changes?: Partial<MoveOptions>, to?: string): Promise<boolean>;
  /** Where the content is, e.g. `target`; every copy is whole. */
  whereItIs(): string;
}

async function setUp(t: TestContext, size = 300_000, elsewhere?: string): Promise<Setting> {
  const folder = await temporaryFolder(t);
  const source = path.join(folder, 'input.mov');
  const target = path.join(elsewhere ? await temporaryFolder(t, elsewhere) : folder, 'completed.mov');
  const content = randomBytes(size);
  await writeFile(source, content);
  await utimes(source, 1e9, 1e9);
  const options: MoveOptions = {
    sha256: createHash('sha256').update(content).digest('hex'),
    signal: new AbortController().signal,
    isRecording: async (file) => readFileSync(file).equals(content),
    onProgress: () => {},
    beforeRename: () => {},
  };
  return {
    source,
    target,
    content,
    move: (changes, to = target) => moveFile(source, to, { ...options, ...changes }),
    whereItIs() {
      const held = Object.entries({ source, target }).filter(([, file]) => existsSync(file));
      for (const [name, file] of held) assert.ok(readFileSync(file).equals(content), `the ${name} is not whole`);
      return held.map(([name]) => name).join(' and ');
    },
  };
}

/** A place on another file system than the temporary folder; undefined if there is none. */
const otherDisk = () => places.find((place) => existsSync(place) && statSync(place).dev !== statSync(tmpdir()).dev);

/** Runs the test within one file system and, if there is a second one, from one to the other. */
function onBoth(name: string, test: (t: TestContext, elsewhere: string | undefined) => Promise<void>): void {
  it(name, (t) => test(t, undefined));
  it(`${name}, to another disk`, { skip: otherDisk() ? false : 'there is no second file system' }, (t) =>
    test(t, otherDisk()),
  );
}

describe('moveFile', () => {
  onBoth('moves the file with its time', async (t, elsewhere) => {
    const { move, whereItIs, target } = await setUp(t, undefined, elsewhere);
    assert.equal(await move(), true);
    assert.equal(whereItIs(), 'target');
    assert.equal((await stat(target)).mtimeMs, 1e12);
    assert.deepEqual(await readdir(path.dirname(target)), ['completed.mov']);
    assert.equal(await move(), true, 'and again, when it is done already');
    assert.equal(whereItIs(), 'target');
  });

  onBoth('never overwrites another file, of the same size neither', async (t, elsewhere) => {
    const { move, target, source, content } = await setUp(t, undefined, elsewhere);
    for (const other of [randomBytes(content.length), Buffer.from('short')]) {
      await writeFile(target, other);
      assert.equal(await move(), false);
      assert.ok(readFileSync(target).equals(other));
      assert.ok(readFileSync(source).equals(content));
    }
  });

  onBoth('ends an earlier move that has left the whole recording twice', async (t, elsewhere) => {
    const { move, whereItIs, source, target } = await setUp(t, undefined, elsewhere);
    await copyFile(source, target);
    assert.equal(await move(), true);
    assert.equal(whereItIs(), 'target');
  });

  onBoth('starts anew over the partial copy of an earlier move', async (t, elsewhere) => {
    const { move, whereItIs, target } = await setUp(t, undefined, elsewhere);
    const cancel = new AbortController();
    const onProgress = () => cancel.abort(new Error('enough'));
    await move({ signal: cancel.signal, onProgress }).catch(() => {});
    await move();
    assert.equal(whereItIs(), 'target');
    assert.deepEqual(await readdir(path.dirname(target)), ['completed.mov']);
  });

  onBoth('moves nothing when the attempt is refused', async (t, elsewhere) => {
    const { move, whereItIs } = await setUp(t, undefined, elsewhere);
    const beforeRename = () => {
      throw new Error('superseded');
    };
    await assert.rejects(move({ beforeRename }), /superseded/);
    let asked = 0;
    const refuseLate = () => {
      asked += 1;
      if (asked === 2) throw new Error('superseded');
    };
    if (elsewhere) await assert.rejects(move({ beforeRename: refuseLate }), /superseded/);
    assert.equal(whereItIs(), 'source');
  });

  onBoth('leaves what takes the place of the recording at any moment where it is', async (t, elsewhere) => {
    for (let moment = 1; moment <= 4; moment += 1) {
      const { source, target, content, move } = await setUp(t, 300_000, elsewhere);
      const other = Buffer.from('another recording');
      let moments = 0;
      const replace = () => {
        moments += 1;
        if (moments !== moment) return;
        writeFileSync(`${source}.new`, other);
        renameSync(`${source}.new`, source);
      };
      const isRecording = async (file: string) => {
        const isIt = readFileSync(file).equals(content);
        replace();
        return isIt;
      };
      const moved = await move({ beforeRename: replace, isRecording }).catch((error) => error.code);
      if (moments < moment) break;
      t.diagnostic(`moment ${moment}: ${moved}`);
      assert.ok(readFileSync(source).equals(other), `replaced at moment ${moment}: ${moved}`);
      if (moved === true) assert.ok(readFileSync(target).equals(content));
      else assert.deepEqual([moved, existsSync(target)], ['FILE_CHANGED', false]);
      const hidden = (await readdir(path.dirname(source))).filter((name) => name.startsWith('.'));
      assert.deepEqual(hidden, []);
    }
  });

  onBoth('finishes one that was killed while it removed the first name', async (t, elsewhere) => {
    const { source, target, content, move, whereItIs } = await setUp(t, 300_000, elsewhere);
    await copyFile(source, target);
    const killed = new Error('killed');
    await assert.rejects(
      removeName(source, () => Promise.reject(killed)),
      killed,
    );
    assert.equal(existsSync(source), false);
    assert.equal(await move(), true);
    assert.equal(whereItIs(), 'target');
    assert.deepEqual(
      (await readdir(path.dirname(source))).filter((name) => name.startsWith('.')),
      [],
    );

    // Without it at the other place, the name comes back.
    await copyFile(target, source);
    await assert.rejects(
      removeName(source, () => Promise.reject(killed)),
      killed,
    );
    await unlink(target);
    assert.equal(await move(), true);
    assert.ok(readFileSync(target).equals(content));
  });

  it('finishes an earlier move that was killed between its two names', async (t) => {
    const { move, whereItIs, source, target } = await setUp(t);
    await link(source, target);
    assert.equal(await move(), true);
    assert.equal(whereItIs(), 'target');
  });

  it('never removes the last name of a recording that is there already', async (t) => {
    const { move, whereItIs, source } = await setUp(t);
    const folder = path.dirname(source);
    await symlink(folder, path.join(folder, 'same-folder'));
    for (const name of [source, `${folder}/./input.mov`, path.join(folder, 'same-folder', 'input.mov')]) {
      assert.equal(await move({}, name), true);
      assert.equal(whereItIs(), 'source');
    }
    await link(source, path.join(folder, 'kept-elsewhere.mov'));
    assert.equal(await move({}, path.join(folder, 'same-folder', 'input.mov')), true);
    assert.equal(whereItIs(), 'source');
  });

  it('moves the recording behind a symbolic link', async (t) => {
    const { source, target, content, move } = await setUp(t);
    const real = path.join(path.dirname(source), 'real.mov');
    await copyFile(source, real);
    await unlink(source);
    await symlink('real.mov', source);
    await mkdir(path.join(path.dirname(source), 'deep'));
    const deep = path.join(path.dirname(target), 'deep', 'completed.mov');
    assert.equal(await move({}, deep), true);
    assert.ok(readFileSync(deep).equals(content));
    assert.ok(!existsSync(source));
  });

  it('says that the recording is gone', async (t) => {
    const { move, source } = await setUp(t);
    await unlink(source);
    await assert.rejects(move(), stageError('FILE_MISSING', /is gone/));
  });
});

describe('moveFile to another disk', { skip: otherDisk() ? false : 'there is no second file system' }, () => {
  it('leaves the source intact when the copy is not what was published', async (t) => {
    const { move, whereItIs, target } = await setUp(t, undefined, otherDisk());
    await assert.rejects(
      move({ sha256: '0'.repeat(64) }),
      stageError('FILE_CHANGED', /differs from what was published/),
    );
    assert.equal(whereItIs(), 'source');
    assert.deepEqual(await readdir(path.dirname(target)), []);
  });

  it('does not replace a file that appeared while it was copying', async (t) => {
    const { move, source, target, content } = await setUp(t, undefined, otherDisk());
    const onProgress = () => writeFileSync(target, 'another recording');
    assert.equal(await move({ onProgress }), false);
    assert.equal(readFileSync(target, 'utf8'), 'another recording');
    assert.ok(readFileSync(source).equals(content));
    assert.deepEqual(await readdir(path.dirname(target)), ['completed.mov']);
  });

  it('ends soon when cancelled, and leaves nothing there', async (t) => {
    const { move, whereItIs, target } = await setUp(t, 3_000_000, otherDisk());
    const cancel = new AbortController();
    const onProgress = (fraction: number) => fraction > 0.1 && cancel.abort(new Error('cancelled'));
    await assert.rejects(
      move({ signal: cancel.signal, onProgress }),
      (error: Error) => error.name === 'AbortError' || error.message === 'cancelled',
    );
    assert.equal(whereItIs(), 'source');
    assert.deepEqual(await readdir(path.dirname(target)), []);
  });

  it('reports progress that never goes back', async (t) => {
    const { move } = await setUp(t, 1_000_000, otherDisk());
    const fractions: number[] = [];
    await move({ onProgress: (fraction) => fractions.push(fraction) });
    assert.ok(fractions.length > 5 && Math.max(...fractions) <= 1);
    assert.deepEqual(
      fractions,
      fractions.toSorted((a, b) => a - b),
    );
  });

  it('keeps the whole recording somewhere whenever it is killed, and gets it across in the end', async (t) => {
    const { source, target, whereItIs, content } = await setUp(t, 40_000_000, otherDisk());
    const sha256 = createHash('sha256').update(content).digest('hex');
    for (const wait of [0, 20, 60, 120]) {
      const { child, line, ended } = startNode(t, mover, source, target, sha256);
      assert.equal(await line(), 'moving');
      await sleep(wait);
      child.kill('SIGKILL');
      await ended;
      assert.match(whereItIs(), /source|target/, `after ${wait} ms`);
    }
    const last = startNode(t, mover, source, target, sha256);
    assert.deepEqual([await last.line(), await last.line()], ['moving', 'moved']);
    assert.equal(whereItIs(), 'target');
    assert.deepEqual(await readdir(path.dirname(target)), ['completed.mov']);
  });

  it('refuses to begin if that disk has no room', async (t) => {
    const { source, target, content, whereItIs } = await setUp(t, 2_000_000, otherDisk());
    const folder = path.dirname(target);
    const mount = ['-m', 'mount', '-t', 'tmpfs', '-o', 'size=1M', 'tmpfs', folder];
    if (spawnSync('unshare', mount).status !== 0) return t.skip('a small disk needs the right to mount');
    const sha256 = createHash('sha256').update(content).digest('hex');
    const run = `mount -t tmpfs -o size=1M tmpfs ${folder} && ${process.execPath} ${fileURLToPath(mover)} ${source} ${target} ${sha256}`;
    const { stdout } = spawnSync('unshare', ['-m', 'sh', '-c', run], { encoding: 'utf8' });
    assert.match(stdout, /moving\nNO_SPACE .*BADMINTON_COMPLETED_DIR/);
    assert.equal(whereItIs(), 'source');
  });
});

describe('freeName', () => {
  it('counts up from 2 if something is there, even a dangling link', async (t) => {
    const folder = await temporaryFolder(t);
    const file = path.join(folder, 'md_A.v2.mov');
    assert.equal(await freeName(file), file);
    await writeFile(file, '');
    assert.equal(await freeName(file), path.join(folder, 'md_A.v2 (2).mov'));
    await symlink('nowhere', path.join(folder, 'md_A.v2 (2).mov'));
    assert.equal(await freeName(file), path.join(folder, 'md_A.v2 (3).mov'));
  });
});
