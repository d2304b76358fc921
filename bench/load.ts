// `node bench/load.ts [VIDEOS]`: this many videos (2,000 by default) wait on the embedded server. Prints how fast they
// were started, how long whole commands and the board take, what became of a burst of choices, the memory of the machine
// that runs them, and how the database grows. Worker, workflows, server, studio and commands are the real ones; the
// activities answer at once what the real ones would (bench/load/canned-activities.ts), so ranking is not part of it.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
// @ts-expect-error plain JavaScript, for any Node
import { smallHeap } from '../bin/small-heap.js';
import { readConfig } from '../src/app/config.ts';
import { thisHost } from '../src/app/host.ts';
import { createVideoStarter } from '../src/temporal/client/start.ts';
import { listVideos } from '../src/temporal/client/videos.ts';
import { connect, embeddedTarget } from '../src/temporal/connect.ts';
import { startEmbeddedServer } from '../src/temporal/server/embedded.ts';
import { openStore } from '../src/workspace/store.ts';
import { freePort, launcher } from '../test/support/program.ts';
import { serverBinary } from '../test/support/rig.ts';
import { keepCompiled } from './keep-compiled.ts';
import { type BurstResult, burst } from './load/burst.ts';
import { memoryOf } from './load/memory-of.ts';

keepCompiled();
const count = Number(process.argv[2] ?? 2000);
const limits = { seconds: 1, startsPerMinute: 500, megabytes: 400 };
const startsAtOnce = 8;
const burstOf = Math.min(500, Math.floor(count / 2));
const run = promisify(execFile);

const ending = new AbortController();
process.once('SIGINT', () => ending.abort(new Error('Stopped.')));
const say = (text: string) => process.stderr.write(`${text}\n`);
const folder = mkdtempSync(path.join(tmpdir(), 'badminton-load-'));
await using opened = new AsyncDisposableStack();
opened.defer(() => rmSync(folder, { recursive: true, force: true }));
async function measure(): Promise<void> {
  const server = await startEmbeddedServer({ dataFolder: folder, port: 0, uiPort: 0, binary: serverBinary });
  opened.defer(server.stop);
  const settings = {
    BADMINTON_DATA_DIR: folder,
    TEMPORAL_ADDRESS: server.address,
    BADMINTON_STUDIO_PORT: String(await freePort()),
    // So that it is not the canned activities that the videos wait for.
    ...{ BADMINTON_CPU_CONCURRENCY: '16', BADMINTON_UPLOAD_CONCURRENCY: '16' },
  };
  const config = readConfig(settings, folder);
  const client = await connect(embeddedTarget(server));
  opened.defer(() => client.connection.close());
  const store = openStore(folder);
  opened.defer(() => store.close());
  const machine = await startMachine(settings);
  opened.defer(() => machine.stop());
  const memory = memoryOf(machine.pid);
  opened.defer(memory.stop);
  await sleep(1000);
  print(`resident memory without videos: ${(await memory.now()).toFixed(0)} MB`);
  const empty = databaseBytes();

  const files = recordings(count);
  const startVideo = createVideoStarter({
    ...{ client, store, host: thisHost(folder), taskQueue: config.TASK_QUEUE, target: () => config.PUBLISH_TARGET },
  });
  const began = performance.now();
  const ids = await atOnce(startsAtOnce, files, async (file, done) => {
    if (done % 200 === 0) say(`${done} of ${count} started`);
    return (await startVideo(file, {}, async () => undefined)).videoId;
  });
  const perMinute = (count / (performance.now() - began)) * 60_000;
  print(`started: ${perMinute.toFixed(0)} a minute ${against(limits.startsPerMinute, perMinute)}`);
  for (let waiting = 0; waiting < count; ) {
    waiting = (await listVideos(client, { stage: 'WAITING_FOR_SELECTION' })).length;
    say(`${waiting} of ${count} wait for a person`);
    if (waiting < count) await sleep(2000, undefined, { signal: ending.signal });
  }
  const all = ((performance.now() - began) / 1000).toFixed(0);
  print(`all wait for a person after ${all} s`);
  await reportMemory('while they were started');

  for (const command of [['pending'], ['list'], ['status', ids[0] as string]]) {
    await time(`npx badminton ${command[0]}`, () => run(process.execPath, [launcher, ...command], runOptions()));
  }
  const board = () => fetch(new URL('/api/videos', machine.studio)).then((answer) => answer.json());
  await board();
  await time('the board (GET /api/videos)', board);
  await time('the board (first news of all videos)', () => firstNews(machine.studio));
  await reportMemory('while they were listed');

  say(`choosing ${burstOf} frames at once`);
  const result = await client.withAbortSignal(ending.signal, () => burst(client, ids.slice(0, burstOf)));
  report(result);
  await reportMemory('while frames were chosen');

  const grown = (databaseBytes() - empty) / count / 1024;
  print(`database: ${(databaseBytes() / 2 ** 20).toFixed(0)} MiB, ${grown.toFixed(0)} KiB for each video`);

  async function reportMemory(when: string): Promise<void> {
    const peak = memory.peak();
    print(
      `resident memory ${when}: at most ${peak.toFixed(0)} MB ${against(peak, limits.megabytes)}, then ${(await memory.now()).toFixed(0)} MB`,
    );
  }

  function runOptions() {
    const env = { ...process.env, ...settings };
    return { env, signal: ending.signal, maxBuffer: 2 ** 28 };
  }
}

/** The first page of news that an open board waits for. */
async function firstNews(studio: string): Promise<void> {
  const closing = new AbortController();
  const { body } = await fetch(new URL('/api/events?scope=all', studio), { signal: closing.signal });
  let text = '';
  for await (const chunk of body ?? []) {
    text += Buffer.from(chunk).toString();
    if (text.includes('\n\n') && text.includes('video-')) break;
  }
  closing.abort();
}

async function time(what: string, work: () => Promise<unknown>): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    ending.signal.throwIfAborted();
    const began = performance.now();
    await work();
    times.push((performance.now() - began) / 1000);
  }
  const [least, , median, , most] = times.toSorted((a, b) => a - b) as [number, number, number, number, number];
  const spread = `${least.toFixed(2)} to ${most.toFixed(2)} s`;
  print(`${what}: ${median.toFixed(2)} s (${spread}) ${against(median, limits.seconds)}`);
}

function report({ answers, taken, untrue, seconds, sentences }: BurstResult): void {
  const said = Object.entries(answers).map(([answer, times]) => `${times} ${answer}`);
  print(
    `burst of ${burstOf} choices: ${said.join(', ')}; ${taken} videos have theirs; ${untrue} untrue answers; ${seconds.toFixed(1)} s until the last answer`,
  );
  for (const sentence of sentences) print(`  said: ${sentence}`);
  if (untrue > 0) process.exitCode = 1;
}

const against = (value: number, limit: number) => `[${(value / limit).toFixed(2)} of the bound]`;

function print(text: string): void {
  console.log(`${text}   (load ${loadavg()[0]?.toFixed(1)})`);
}

/** Small files of different content, with the names of matches. */
function recordings(number: number): string[] {
  mkdirSync(path.join(folder, 'input'));
  return Array.from({ length: number }, (_, index) => {
    const file = path.join(folder, 'input', `ms_AnvsBo${index}.mov`);
    writeFileSync(file, `recording ${index}\n`);
    return file;
  });
}

function databaseBytes(): number {
  const place = path.join(folder, 'temporal');
  const files = readdirSync(place).filter((name) => name.startsWith('temporal.db'));
  return files.reduce((sum, name) => sum + statSync(path.join(place, name)).size, 0);
}

async function atOnce<T, R>(most: number, items: readonly T[], work: (item: T, done: number) => Promise<R>) {
  const results: R[] = [];
  const waiting = [...items.entries()];
  const next = async () => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      ending.signal.throwIfAborted();
      const [index, item] = one;
      results[index] = await work(item, index);
    }
  };
  await Promise.all(Array.from({ length: most }, next));
  return results;
}

async function startMachine(settings: Record<string, string>) {
  const program = fileURLToPath(new URL('./load/machine.ts', import.meta.url));
  const args = ['--disable-warning=ExperimentalWarning', ...smallHeap, program];
  const env = { ...process.env, ...settings };
  const child: ChildProcess = spawn(process.execPath, args, { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const line = await Promise.race([once(lines, 'line').then(([text]) => String(text)), ended]);
  if (typeof line !== 'string') throw new Error('The machine ended.');
  const { studio } = JSON.parse(line) as { studio: string };
  const stop = async () => {
    child.stdin?.end();
    await ended;
  };
  return { pid: child.pid as number, studio, stop };
}

try {
  await measure();
} catch (error) {
  if (!ending.signal.aborted) throw error;
  say('Stopped.');
  process.exitCode = 130;
}
