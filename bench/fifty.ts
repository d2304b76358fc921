// `node bench/fifty.ts [COUNT]`: this many recordings started at the same time; all published exactly once, memory
// flat, and `npx badminton pending` and `status` fast while all of them wait.
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { selectThumbnail } from '../src/temporal/client/control.ts';
import { listVideos } from '../src/temporal/client/videos.ts';
import { connect, embeddedTarget } from '../src/temporal/connect.ts';
import { freePort, startProgram } from '../test/support/program.ts';
import { publishedIds } from '../test/support/rig.ts';
import { smallMatch } from '../test/support/small-match.ts';

const count = Number(process.argv[2] ?? 50);
const commandLimit = 1.5;
const folder = mkdtempSync(path.join(tmpdir(), 'badminton-fifty-'));
const settings = {
  BADMINTON_DATA_DIR: folder,
  BADMINTON_TEMPORAL_PORT: String(await freePort()),
  BADMINTON_TEMPORAL_UI_PORT: String(await freePort()),
  BADMINTON_LOCAL_YOUTUBE_PORT: String(await freePort()),
  BADMINTON_STUDIO_PORT: String(await freePort()),
};
mkdirSync(path.join(folder, 'input'));
const program = startProgram(['up'], settings);
try {
  await program.printed('Ready.');
  const server = JSON.parse(readFileSync(path.join(folder, 'temporal', 'server.json'), 'utf8'));
  const client = await connect(embeddedTarget(server));
  for (let number = 0; number < count; number++) await distinctRecording(number);

  const began = Date.now();
  const memory: number[] = [];
  await until('WAITING_FOR_SELECTION', memory);
  console.log(`${count} waiting for a person after ${since(began)} s`);
  const [first] = await listVideos(client);
  for (const command of [['pending'], ['status', first?.videoId as string], ['list']]) timeCommand(command);

  const waiting = await listVideos(client, { stage: 'WAITING_FOR_SELECTION' });
  for (const { videoId } of waiting) await selectThumbnail(client, videoId, { best: true });
  await until('COMPLETED', memory);
  const ids = await publishedIds({ youtube: { url: `http://127.0.0.1:${settings.BADMINTON_LOCAL_YOUTUBE_PORT}/` } });
  console.log(`${count} completed after ${since(began)} s; ${ids.length} videos on the channel`);
  const third = Math.ceil(memory.length / 3);
  const [early, late] = [memory.slice(0, third), memory.slice(-third)].map(median) as [number, number];
  console.log(
    `resident memory of Node: first third ${early.toFixed(0)} MB, last third ${late.toFixed(0)} MB (${(late / early).toFixed(2)} times), most ${Math.max(...memory).toFixed(0)} MB`,
  );
  await client.connection.close();
  if (ids.length !== count) process.exitCode = 1;

  async function until(stage: 'WAITING_FOR_SELECTION' | 'COMPLETED', samples: number[]): Promise<void> {
    for (;;) {
      const videos = await listVideos(client);
      samples.push(residentMegabytes(program.process.pid as number));
      if (videos.length === count && videos.every((video) => video.stage === stage)) return;
      await sleep(1000);
    }
  }
} finally {
  await program.interrupt();
  rmSync(folder, { recursive: true, force: true });
}

/** The same match followed by other bytes, in a `free` atom that players skip: different content. */
async function distinctRecording(number: number): Promise<void> {
  const draft = await smallMatch(path.join(folder, 'drafts', `${number}.mov`), { seed: 1 });
  const padding = Buffer.alloc(64, number);
  padding.writeUInt32BE(padding.length, 0);
  padding.write('free', 4, 'latin1');
  appendFileSync(draft, padding);
  renameSync(draft, path.join(folder, 'input', `ms_An${number}vsBo.mov`));
}

function timeCommand(command: readonly string[]): void {
  const seconds = Array.from({ length: 5 }, () => {
    const began = Date.now();
    execFileSync('npx', ['badminton', ...command], { env: { ...process.env, ...settings }, stdio: 'ignore' });
    return (Date.now() - began) / 1000;
  });
  const middle = median(seconds);
  console.log(
    `npx badminton ${command[0]}: ${middle.toFixed(2)} s, ${(middle / commandLimit).toFixed(2)} of the limit of ${commandLimit} s`,
  );
}

function residentMegabytes(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function since(began: number): string {
  return ((Date.now() - began) / 1000).toFixed(0);
}
