// `node bench/upload.ts [TIMES] [LINE]`: the resumable upload, SHA-256 included, compared with one plain streaming PUT
// of the same file (sparse) to the same server, in turns; the median of TIMES (3 by default) each, once at 10 GB to the
// local YouTube, which writes it all to the disk (27 GB free are needed, and with LINE 20 GB for each time). LINE: only
// the lines whose name contains it. Over the line with 80 ms of round trip the plain PUT is spared the resets. Hashing
// is work that a plain PUT does not do: with two cores for sender, server and hash, the server that keeps nothing shows
// it; with more, or with a server or a slow line, it does not.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

interface Sent {
  readonly ms: number;
  readonly grownBytes: number;
}

const times = Number(process.argv[2] ?? 3);
const only = process.argv[3] ?? '';
const gigabyte = 1e9;
const roundTripMs = 80;
const lineBytesPerSecond = 50e6;
const folder = await mkdtemp(path.join(tmpdir(), 'badminton-upload-'));
const children: ChildProcess[] = [];

try {
  const warm = await sparseFile('warm', 1e6);
  const files = { one: await sparseFile('one', gigabyte), ten: await sparseFile('ten', 10 * gigabyte) };
  console.log(`${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}`);
  console.log(`${''.padEnd(46)}plain PUT  resumable   ratio   memory`);

  const discarding = await serve('discarding-server');
  await compare('1 GB, a server that keeps nothing', files.one, discarding, discarding, warm, 0.95);
  await compare('10 GB, a server that keeps nothing', files.ten, discarding, discarding, warm, 0.95);
  for (const [what, file, turns] of [
    ['1 GB, the local YouTube', files.one, times],
    ['10 GB, the local YouTube', files.ten, only ? times : 1],
  ] as const) {
    const kept = path.join(folder, 'youtube');
    const youtube = await serve('local-youtube', kept);
    await compare(what, file, youtube, youtube, warm, 0.95, turns);
    children.pop()?.kill();
    await rm(kept, { recursive: true, force: true });
  }

  const resetting = await serve('discarding-server', '--reset');
  const [calm, torn] = [await line(discarding), await line(resetting)];
  await compare('1 GB, 80 ms at 50 MB/s, 1 % resets', files.one, calm, torn, warm, 0.85);
  if (!only) {
    const { chunks, resets } = (await (await fetch(address(resetting))).json()) as { chunks: number; resets: number };
    console.log(`  ${resets} of ${chunks} chunk requests were reset (the fifth, and each hundredth after it)`);
  }
} finally {
  for (const child of children) child.kill();
  await rm(folder, { recursive: true, force: true });
}

async function compare(
  what: string,
  file: string,
  plain: number,
  ours: number,
  warm: string,
  least: number,
  turns = times,
) {
  if (!what.includes(only)) return;
  const speeds = { plain: [] as number[], resumable: [] as number[] };
  let grown = 0;
  const bytes = (await stat(file)).size / 1e6;
  for (let turn = 0; turn < turns; turn++) {
    speeds.plain.push(bytes / ((await send('plain', plain, file, warm)).ms / 1000));
    const sent = await send('resumable', ours, file, warm);
    speeds.resumable.push(bytes / (sent.ms / 1000));
    grown = Math.max(grown, sent.grownBytes);
  }
  const [a, b] = [median(speeds.plain), median(speeds.resumable)];
  const ratio = b / a;
  const verdict = ratio >= least && grown < 64 * 1_048_576 ? '' : `   MISSED: at least ${least}, under 64 MiB`;
  console.log(
    `${what.padEnd(46)}${megabytes(a)}  ${megabytes(b)}   ${ratio.toFixed(2)}   +${(grown / 1_048_576).toFixed(0)} MiB${verdict}`,
  );
  if (verdict) process.exitCode = 1;
}

async function send(way: 'plain' | 'resumable', port: number, file: string, warm: string): Promise<Sent> {
  const child = start('send', way, address(port), file, warm);
  const exited = once(child, 'exit');
  const [sent] = (await Promise.race([
    once(child, 'message'),
    exited.then(([code]) => Promise.reject(new Error(`The upload ended with ${code}`))),
  ])) as [Sent];
  await exited;
  return sent;
}

/** Starts one of the programs next to this file. @returns its port, once it listens */
async function serve(name: string, ...values: string[]): Promise<number> {
  const child = start(name, ...values);
  children.push(child);
  const [port] = (await once(child, 'message')) as [number];
  return port;
}

function line(port: number): Promise<number> {
  return serve('line', String(port), String(roundTripMs), String(lineBytesPerSecond));
}

function start(name: string, ...values: string[]): ChildProcess {
  return fork(fileURLToPath(new URL(`./upload/${name}.ts`, import.meta.url)), values);
}

function address(port: number): string {
  return `http://127.0.0.1:${port}/`;
}

async function sparseFile(name: string, bytes: number): Promise<string> {
  const file = path.join(folder, `${name}.mp4`);
  await writeFile(file, '');
  await truncate(file, bytes);
  return file;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

function megabytes(perSecond: number): string {
  return `${perSecond.toFixed(0)} MB/s`.padStart(9);
}
