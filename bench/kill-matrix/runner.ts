import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { nameOf, needsMount, planOf } from './plan.ts';
import { processesOf, signal } from './processes.ts';
import type { Outcome } from './table.ts';

export interface RunOptions {
  readonly seed: number;
  readonly run: number;
  /** Made anew; removed unless something was wrong. */
  readonly folder: string;
  /** Seconds that the videos of a run may take to come to rest. */
  readonly patience?: number;
  readonly signal?: AbortSignal;
}

const script = fileURLToPath(new URL('./run-one.ts', import.meta.url));
/** Room for the free space that the program asks for, and some. */
const diskSize = '320m';

let canMount: boolean | undefined;

/** Undefined where it needs the right to mount, which this process does not have. */
export async function runOne(options: RunOptions): Promise<Outcome | undefined> {
  const { seed, run, folder, patience = 150 } = options;
  const plan = planOf(seed, run);
  const data = path.join(folder, 'data');
  mkdirSync(data, { recursive: true });
  const args = ['--disable-warning=ExperimentalWarning', script, folder, String(seed), String(run), String(patience)];
  if (!needsMount(plan.trouble)) return outcomeOf(plan.run, spawn(process.execPath, args, piped), options);
  const disk = plan.trouble.kind === 'full disk' ? `mount -t tmpfs -o size=${diskSize} tmpfs "${data}" && ` : '';
  canMount ??= spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', data]).status === 0;
  if (!canMount) return undefined;
  const inside = ['-m', 'sh', '-c', `${disk}exec "$0" "$@"`, process.execPath, ...args];
  return outcomeOf(plan.run, spawn('unshare', inside, piped), options);
}

const piped: SpawnOptions = { stdio: ['ignore', 'pipe', 'pipe'], detached: true };

async function outcomeOf(
  run: number,
  child: ChildProcess,
  { folder, seed, signal: stop }: RunOptions,
): Promise<Outcome> {
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (more) => {
      text[name] += more;
    });
  }
  const abort = () => child.kill('SIGKILL');
  stop?.addEventListener('abort', abort, { once: true });
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  stop?.removeEventListener('abort', abort);
  // Whatever it left: after a good run nothing, which it has checked itself.
  for (const pid of processesOf(folder)) signal(pid, 'SIGKILL');
  const found =
    parse(text.stdout) ?? failed(run, seed, `the run itself failed with ${code}: ${text.stderr.slice(-1500)}`);
  if (found.problems.length === 0 || stop?.aborted) rmSync(folder, { recursive: true, force: true });
  return found;
}

function parse(text: string): Outcome | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function failed(run: number, seed: number, problem: string): Outcome {
  const { trouble, videos } = planOf(seed, run);
  const nothing = { parked: [], rests: [], lost: 0, doubled: 0, events: [], published: 0, seconds: 0 };
  return {
    ...nothing,
    run,
    kind: nameOf(trouble),
    what: nameOf(trouble),
    hasHappened: false,
    videos,
    problems: [problem],
  };
}
