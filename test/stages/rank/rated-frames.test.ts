import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { it } from 'node:test';
import { ndcgAt5, readRatedFrames, writeTimeLapse } from '../../../bench/rated-frames.ts';
import { temporaryFolder } from '../../support/clean-up.ts';

const rated = process.env.RATED_FRAMES;

it('the command ranks rated frames as people do', { skip: !rated && 'RATED_FRAMES names no folder' }, async (t) => {
  const folder = await temporaryFolder(t);
  const frames = await readRatedFrames(rated ?? '');
  const file = path.join(folder, 'rated.mov');
  await writeTimeLapse(file, frames, (picture) => picture);
  const program = path.resolve(import.meta.dirname, '../../../bin/badminton.js');
  const command = spawn(process.execPath, [program, 'stage', 'rank', file, '--top', '5', '--json'], {
    env: { ...process.env, BADMINTON_DATA_DIR: path.join(folder, 'data') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output, [code]] = await Promise.all([text(command.stdout), once(command, 'exit')]);
  assert.equal(code, 0);
  const { candidates } = JSON.parse(output) as { candidates: { time: number }[] };
  const score = ndcgAt5(
    candidates.map(({ time }) => time),
    frames,
  );
  assert.ok(score >= 0.95, `NDCG@5 ${score.toFixed(3)}`);
});
