import { execFile, spawn } from 'node:child_process';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Later versions hold a replace directive, which `go install` refuses. */
const cliModule = 'github.com/temporalio/cli/cmd/temporal@v1.5.1';
const oldestGo = [1, 25] as const;

/** Builds the Temporal CLI with Go into `folder`; undefined where there is no Go that can. Takes minutes, once. */
export async function buildServer(
  folder: string,
  say: (message: string) => void,
  signal?: AbortSignal,
): Promise<string | undefined> {
  if (!(await hasGo())) return undefined;
  const staging = join(folder, `.building-${process.pid}`);
  mkdirSync(staging, { recursive: true });
  const started = Date.now();
  say('Building the Temporal server from source with Go: about three minutes, once …');
  const ticker = setInterval(
    () => say(`… still building the Temporal server (${Math.round((Date.now() - started) / 1000)} s)`),
    20_000,
  );
  try {
    await install(staging, signal);
    const binary = join(folder, 'temporal');
    renameSync(join(staging, 'temporal'), binary);
    say('The Temporal server is built.');
    return binary;
  } finally {
    clearInterval(ticker);
    rmSync(staging, { recursive: true, force: true });
  }
}

async function install(folder: string, signal?: AbortSignal): Promise<void> {
  const child = spawn('go', ['install', '-ldflags=-s -w', cliModule], {
    env: { ...process.env, GOBIN: folder, GOFLAGS: '-mod=mod' },
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(signal && { signal }),
  });
  let messages = '';
  child.stderr.on('data', (chunk) => {
    messages = (messages + chunk).slice(-2000);
  });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`Go could not build the Temporal server:\n${messages}`);
}

async function hasGo(): Promise<boolean> {
  try {
    const { stdout } = await run('go', ['version']);
    const [, major = 0, minor = 0] = (/go(\d+)\.(\d+)/.exec(stdout) ?? []).map(Number);
    return major > oldestGo[0] || (major === oldestGo[0] && minor >= oldestGo[1]);
  } catch {
    return false;
  }
}
