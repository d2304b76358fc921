import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runProgram, startProgram } from '../support/program.ts';

// Runs `npm start` with everything on one disk, fills that, and makes room again. Arguments: the data folder, recordings.
const [folder = '', first = '', second = ''] = process.argv.slice(2);
const settings = {
  BADMINTON_DATA_DIR: folder,
  BADMINTON_TEMPORAL_PORT: '0',
  BADMINTON_TEMPORAL_UI_PORT: '0',
  BADMINTON_LOCAL_YOUTUBE_PORT: '0',
  BADMINTON_STUDIO_PORT: '0',
  BADMINTON_HEARTBEAT_TIMEOUT: '3s',
};
const filler = path.join(folder, 'filler');
const program = startProgram(['up'], settings);
await program.printed('Ready.');
await runProgram(['start', first], settings);
await program.printed('waits for you');
const { videos } = JSON.parse((await runProgram(['list', '--json'], settings)).stdout);

const { bavail, bsize } = statfsSync(folder);
try {
  writeFileSync(filler, Buffer.alloc(bavail * bsize + 1_000_000));
} catch {
  // As much as there is room for.
}
await program.printed(/The disk that holds .* is full/);
const refused = await runProgram(['start', second], settings);
await sleep(3000);
rmSync(filler);
await program.printed('There is room on the disk again');
const chosen = await runProgram(['select', videos[0].videoId, '--best'], settings);
const taken = await runProgram(['start', second], settings);
await program.printed('is published (REHEARSAL)');
const { code, stderr } = await program.interrupt();
const said = stderr.split('\n').filter((line) => line.includes('is full'));
process.stdout.write(JSON.stringify({ code, stderr, said, refused, chosen: chosen.code, taken: taken.code }));
