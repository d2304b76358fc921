import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { launcher, startProgram } from '../support/program.ts';

// Runs `npm start` twice: its log on a full disk, then its standard error. The disk is FOLDER/logs, and small.
const folder = process.argv[2] ?? '';
const disk = path.join(folder, 'logs');
const settings = {
  BADMINTON_DATA_DIR: folder,
  BADMINTON_LOG_LEVEL: 'debug',
  BADMINTON_TEMPORAL_PORT: '0',
  BADMINTON_TEMPORAL_UI_PORT: '0',
  BADMINTON_LOCAL_YOUTUBE_PORT: '0',
  BADMINTON_STUDIO_PORT: '0',
};
const terminal = path.join(disk, 'terminal');
writeFileSync(terminal, '');
try {
  writeFileSync(path.join(disk, 'filler'), Buffer.alloc(1_000_000));
} catch {
  // As much as there is room for.
}

const program = startProgram(['up'], settings);
await program.printed('Ready.');
await program.printed('cannot be written');
const { code, stderr } = await program.interrupt();
const complaints = stderr.split('\n').filter((line) => line.includes('cannot be written'));

rmSync(path.join(disk, 'worker.log'), { force: true });
const full = openSync(terminal, 'a');
const silent = spawn(process.execPath, [launcher, 'up'], {
  env: { ...process.env, ...settings },
  stdio: ['ignore', 'ignore', full],
});
closeSync(full);
const ended = once(silent, 'close');
const studio = path.join(folder, 'studio', 'running.json');
while (silent.exitCode === null && !existsSync(studio)) await sleep(50);
// By then it has said where everything is.
await sleep(1000);
silent.kill('SIGINT');
const [silentCode] = await ended;
process.stdout.write(JSON.stringify({ code, complaints, silentCode }));
