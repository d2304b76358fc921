import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../support/clean-up.ts';

const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const cannotHaveOne = 77;

/** Runs a script beside a real systemd of the user. @returns whether there could be one */
async function inUserSession(t: TestContext, script: string): Promise<void> {
  const folder = await temporaryFolder(t);
  const namespaces = ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
  const session = ['sh', beside('./user-session.sh'), `${process.pid}-${script}`];
  const child = spawn('unshare', [...namespaces, ...session, process.execPath, beside(`./${script}.ts`), folder], {
    env: { ...process.env, XDG_CONFIG_HOME: `${folder}/config` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const started = new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(cannotHaveOne));
    child.once('close', resolve);
  });
  const [code, stdout, stderr] = await Promise.all([started, text(child.stdout), text(child.stderr)]);
  const hasNone = code === cannotHaveOne || /^(unshare|mount|mkdir|sh|\S+user-session\.sh): /m.test(stderr);
  if (code !== 0 && hasNone && stdout === '') return t.skip(`no systemd of a user can be had: ${stderr.trim()}`);
  assert.equal(code, 0, stdout + stderr);
}

test('systemd starts, restarts and stops the service as the unit says, whatever the names of its folders', (t) =>
  inUserSession(t, 'with-small-program'));

test('the program is installed as a service, updated, restarted, and uninstalled', (t) =>
  inUserSession(t, 'with-whole-program'));
