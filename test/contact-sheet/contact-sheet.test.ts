import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import { requireWritable, type Sheet, writeContactSheet } from '../../src/contact-sheet/index.ts';
import { clock } from '../../src/contact-sheet/style.ts';
import { wrap } from '../../src/contact-sheet/write.ts';
import { temporaryFolder } from '../support/clean-up.ts';
import { runProgram } from '../support/program.ts';
import { smallMatch } from '../support/small-match.ts';
import { stageError } from '../support/stage-bench.ts';

const blue = { r: 20, g: 60, b: 220 };

async function picture(file: string, width: number, height: number): Promise<string> {
  await sharp({ create: { width, height, channels: 3, background: blue } })
    .jpeg()
    .toFile(file);
  return file;
}

function sheetOf(files: readonly string[], changes: Partial<Sheet> = {}): Sheet {
  return {
    title: 'md_Huy & Việt <b>vs</b> "Leo".mov',
    candidates: files.map((file, index) => ({
      rank: index + 1,
      time: index * 9,
      score: 0.9,
      why: 'lunge, sharp',
      file,
    })),
    curve: Array.from({ length: 60 }, (_, time) => ({ time, value: time === 30 ? null : (time % 20) / 20 })),
    rallies: [{ start: 3, end: 20, intensity: 0.8 }],
    rejected: [{ time: 30, reason: 'in front' }],
    notes: [],
    ...changes,
  };
}

/** Share of the picture's pixels that are roughly that colour. */
async function shareOf(file: string, { r, g, b }: typeof blue): Promise<number> {
  const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
  let count = 0;
  for (let at = 0; at < data.length; at += 3) {
    const away = Math.max(
      Math.abs((data[at] ?? 0) - r),
      Math.abs((data[at + 1] ?? 0) - g),
      Math.abs((data[at + 2] ?? 0) - b),
    );
    if (away < 25) count += 1;
  }
  return count / (info.width * info.height);
}

describe('the contact sheet', () => {
  it('shows every candidate whole, whatever its shape, and leaves no other files behind', async (t) => {
    const folder = await temporaryFolder(t);
    const wide = await picture(path.join(folder, 'wide.jpg'), 640, 360);
    const tall = await picture(path.join(folder, 'tall.jpg'), 360, 640);
    const out = path.join(folder, 'sheet.jpg');
    const shares: number[] = [];
    for (const files of [[wide], [wide, wide], [wide, tall, wide, tall, wide], Array(12).fill(wide)]) {
      await writeContactSheet(sheetOf(files), out);
      const { width, height = 0, format } = await sharp(out).metadata();
      assert.deepEqual({ width, format }, { width: 1600, format: 'jpeg' });
      assert.ok(height > 600 && height < 2400, `${height}`);
      shares.push(await shareOf(out, blue));
    }
    assert.ok((shares[1] ?? 0) > 1.5 * (shares[0] ?? 0), shares.join(' '));
    assert.ok(
      shares.every((share) => share > 0.15),
      shares.join(' '),
    );
    assert.deepEqual((await readdir(folder)).sort(), ['sheet.jpg', 'tall.jpg', 'wide.jpg']);
  });

  it('marks rejected moments, and draws a recording of which nothing is known', async (t) => {
    const folder = await temporaryFolder(t);
    const file = await picture(path.join(folder, 'one.jpg'), 320, 180);
    const out = path.join(folder, 'sheet.jpg');
    const red = { r: 239, g: 111, b: 108 };
    await writeContactSheet(sheetOf([file]), out);
    assert.ok((await shareOf(out, red)) > 0);
    const bare = { curve: [], rallies: [], rejected: [], notes: ['The recording is very dark.'.repeat(20)] };
    await writeContactSheet(sheetOf([file], bare), out);
    assert.equal(await shareOf(out, red), 0);
  });

  it('says why it cannot be written, both before and after the work', async (t) => {
    const folder = await temporaryFolder(t);
    const file = await picture(path.join(folder, 'one.jpg'), 320, 180);
    const missing = path.join(folder, 'none', 'sheet.jpg');
    await assert.rejects(requireWritable(missing), stageError('FOLDER_UNUSABLE', /does not exist/));
    await assert.rejects(
      requireWritable(path.join(file, 'sheet.jpg')),
      stageError('FOLDER_UNUSABLE', / is not a folder/),
    );
    await assert.rejects(requireWritable(folder), stageError('FOLDER_UNUSABLE', /it is a folder/));
    await assert.rejects(
      writeContactSheet(sheetOf([file]), missing),
      stageError('FOLDER_UNUSABLE', /cannot be written/),
    );
    await writeFile(file, 'no picture');
    await assert.rejects(
      writeContactSheet(sheetOf([file]), path.join(folder, 'sheet.jpg')),
      stageError('RENDERER_FAILED'),
    );
    assert.deepEqual(await readdir(folder), ['one.jpg']);
  });

  it('comes with the command "stage rank"', async (t) => {
    const folder = await temporaryFolder(t);
    const settings = { BADMINTON_DATA_DIR: path.join(folder, 'data'), BADMINTON_POSE: 'off' };
    const recording = await smallMatch(path.join(folder, 'ms_AnvsBo.mov'));
    const out = path.join(folder, 'sheet.jpg');
    const rank = (...options: string[]) => runProgram(['stage', 'rank', recording, '--top', '2', ...options], settings);
    const nowhere = await rank('--sheet', path.join(folder, 'none', 'sheet.jpg'));
    assert.equal(nowhere.code, 1);
    assert.match(nowhere.stderr, /folder .*none does not exist/);
    const wrong = await rank('--sheet', path.join(folder, 'sheet.gif'));
    assert.match(wrong.stderr, /\.jpg/);
    const { code, stdout, stderr } = await rank('--sheet', out, '--json');
    assert.equal(code, 0, stderr);
    const { sheet, notes } = JSON.parse(stdout);
    assert.equal(sheet, out);
    assert.match(notes.join(' '), /pose model is switched off/);
    assert.equal((await sharp(out).metadata()).width, 1600);
  });
});

describe('the words of a contact sheet', () => {
  it('give times as a clock does', () => {
    assert.deepEqual(
      [0, 59.6, 61, 3723].map((seconds) => clock(seconds)),
      ['0:00', '1:00', '1:01', '1:02:03'],
    );
    assert.deepEqual(
      [0, 7.25, 59.99, 3600.5].map((seconds) => clock(seconds, true)),
      ['0:00.0', '0:07.2', '0:59.9', '1:00:00.5'],
    );
  });

  it('wrap into lines, and end with dots if they do not fit', () => {
    const pen = { size: 20, colour: '#ffffff' } as const;
    assert.deepEqual(wrap('one two', 1000, 2, pen), ['one two']);
    assert.equal(wrap('one two three four five', 100, 2, pen).length, 2);
    assert.match(wrap('one two three four five six', 100, 2, pen).at(-1) ?? '', /…$/);
    assert.match(wrap('x'.repeat(200), 100, 1, pen)[0] ?? '', /^x+…$/);
  });
});
