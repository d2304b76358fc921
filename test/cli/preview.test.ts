import assert from 'node:assert/strict';
import { readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import sharp from 'sharp';
import { runProgram, startProgram } from '../support/program.ts';
import { hall, temporaryFolder } from '../thumbnail/pictures.ts';

const name = 'md_HuyzVietvsThezLeo_Friendly Game.mov';

async function bench(t: TestContext) {
  const folder = await temporaryFolder(t);
  const image = path.join(folder, 'frame.png');
  await hall(1280, 720, [0.4, 0.6]).png().toFile(image);
  const out = path.join(folder, 'out.jpg');
  const settings = { BADMINTON_DATA_DIR: path.join(folder, 'data') };
  const preview = (...args: string[]) =>
    runProgram(['preview', image, '--name', name, '--out', out, ...args], settings);
  return { folder, image, out, settings, preview };
}

describe('the command "preview"', () => {
  it('draws what the stage "enhance" would draw, and touches nothing else', async (t) => {
    const { folder, out, preview } = await bench(t);
    const { code, stdout, stderr } = await preview('--json');
    assert.equal(code, 0, stderr);
    const { width, height, format } = await sharp(out).metadata();
    assert.deepEqual({ width, height, format }, { width: 1280, height: 720, format: 'jpeg' });
    const { bytes, crop } = JSON.parse(stdout);
    assert.ok(crop.width > 0.1 && crop.x + crop.width <= 1 && crop.height > 0.1 && crop.y + crop.height <= 1, stdout);
    assert.deepEqual(JSON.parse(stdout), {
      file: out,
      bytes: (await stat(out)).size,
      width,
      height,
      template: 'sidebar',
      theme: 'white',
      crop,
      warnings: [],
    });
    assert.ok(bytes > 10_000);
    assert.deepEqual((await readdir(folder)).sort(), ['frame.png', 'out.jpg']);
  });

  it('heeds theme, size, crop, grade and date', async (t) => {
    const { out, preview } = await bench(t);
    const drawn = async (...args: string[]) => {
      const { code, stderr } = await preview(...args);
      assert.equal(code, 0, stderr);
      return readFile(out);
    };
    const plain = await drawn();
    for (const wish of [
      ['--theme', 'purple'],
      ['--crop', '0.3,0.2,0.4,0.6'],
      ['--grade', 'classic'],
      ['--date', '2024-12-15'],
    ]) {
      assert.ok(!(await drawn(...wish)).equals(plain), wish.join(' '));
    }
    assert.equal((await sharp(await drawn('--size', '1920x1080')).metadata()).width, 1920);
  });

  it('puts all designs on one sheet', async (t) => {
    const { out, preview } = await bench(t);
    const { code, stdout, stderr } = await preview('--all', '--json');
    assert.equal(code, 0, stderr);
    const { designs } = JSON.parse(stdout) as { designs: { template: string; theme: string }[] };
    const themes = new Set(designs.map(({ theme }) => theme));
    const templates = new Set(designs.map(({ template }) => template));
    assert.ok(['blue', 'white', 'purple'].every((theme) => themes.has(theme)));
    assert.equal(designs.length, themes.size * templates.size);
    const { width = 0, height = 0 } = await sharp(out).metadata();
    assert.ok(width > 640 * themes.size && height > 360 * templates.size + 94, `${width}×${height}`);
  });

  it('says in one sentence what is wrong', async (t) => {
    const { folder, image, out, settings, preview } = await bench(t);
    const cases: [RegExp, number, ...string[]][] = [
      [/no thumbnail template "poster"[\s\S]*sidebar/, 1, '--template', 'poster'],
      [/no thumbnail theme "pink"[\s\S]*blue/, 1, '--theme', 'pink'],
      [/does not start with a match type[\s\S]*form \{type\}/, 2, '--name', 'holiday.mov'],
      [/folder .*none does not exist/, 1, '--out', path.join(folder, 'none', 'x.jpg')],
      [/name of a \.jpg file/, 2, '--out', path.join(folder, 'x.gif')],
      [/a size such as 1920x1080/, 2, '--size', '12x12'],
      [/as shares of the picture/, 2, '--crop', '0.5,0.5,0.6,0.2'],
      [/cannot be used with/, 2, '--all', '--template', 'sidebar'],
    ];
    for (const [message, code, ...args] of cases) {
      const outcome = await preview(...args);
      assert.match(outcome.stderr, message);
      assert.equal(outcome.code, code, args.join(' '));
      assert.equal(outcome.stdout, '');
      assert.doesNotMatch(outcome.stderr, / at .*\.ts:/, 'no stack trace');
    }
    const draw = (picture: string, to: string) =>
      runProgram(['preview', picture, '--name', name, '--out', to], settings);
    assert.match((await draw(path.join(folder, 'none.jpg'), out)).stderr, /none\.jpg cannot be read: there is no such/);
    const photo = path.join(folder, 'photo.jpg');
    await rename(image, photo);
    assert.match((await draw(photo, photo)).stderr, /is the picture itself/);
  });

  it('redraws when the picture changes, even after a mistake, until Ctrl-C', async (t) => {
    const { image, out, settings } = await bench(t);
    const watching = startProgram(['preview', image, '--name', name, '--out', out, '--watch'], settings);
    t.after(() => watching.kill());
    const drawn = async (times: number) => {
      await watching.printed(new RegExp(`(Drawn:[^]*){${times}}`));
      return readFile(out);
    };
    const first = await drawn(1);
    await writeFile(image, 'no picture');
    await watching.printed(/cannot be read/);
    await hall(1280, 720, [0.2, 0.8]).png().toFile(image);
    assert.ok(!(await drawn(2)).equals(first));
    const { code, stdout } = await watching.interrupt();
    assert.deepEqual([code, stdout], [0, '']);
  });
});
