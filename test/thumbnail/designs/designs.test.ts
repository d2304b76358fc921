import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import type { StageError } from '../../../src/domain/errors.ts';
import { openDesigns } from '../../../src/thumbnail/designs/designs.ts';
import { renderThumbnail } from '../../../src/thumbnail/render-thumbnail.ts';
import { hall, requestFor, temporaryFolder } from '../pictures.ts';

/** The documentation's examples: the contents of blocks that begin with a file's name. */
async function documented(): Promise<Map<string, string>> {
  const text = await readFile(new URL('../../../docs/thumbnails.md', import.meta.url), 'utf8');
  const blocks = text.matchAll(/```yaml\n# (\S+\.yaml)\n(.*?)```/gsu);
  return new Map(Array.from(blocks, ([, name = '', content = '']) => [name, content]));
}

async function folderWith(t: TestContext, files: Record<string, string>): Promise<string> {
  const folder = join(await temporaryFolder(t), 'designs');
  await mkdir(folder);
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
}

const theme = `panel: ['#06281a', '#0a3d27', '#0e5436']
text: '#ffffff'
muted: '#d3ecdf'
title: '#ffd23f'
accent: '#ffd23f'
onAccent: '#06281a'
band: '#3fb57f'
`;
const template = `columns:
  - area: { left: 32, right: 32 }
    children:
      - { kind: names, arrangement: rows }
`;

const mistakes = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    assert.equal((error as StageError).code, 'DESIGN_INVALID');
    return (error as StageError).message;
  }
  return assert.fail('no mistake was found');
};

test("the documentation's examples are drawn without a warning", async (t) => {
  const examples = await documented();
  assert.deepEqual([...examples.keys()].sort(), ['club.template.yaml', 'club.theme.yaml']);
  const designs = await folderWith(t, Object.fromEntries(examples));
  const photo = join(designs, 'hall.png');
  await hall(1280, 720, [0.4]).png().toFile(photo);
  const match = { ...requestFor(photo).match, tournament: 'League 3' };
  const drawn = await renderThumbnail(requestFor(photo, { designs, template: 'club', match }));
  assert.deepEqual([drawn.template, drawn.theme, drawn.warnings], ['club', 'club', []]);
  const other = await renderThumbnail(requestFor(photo, { designs, template: 'sidebar', match }));
  assert.ok(!drawn.jpeg.equals(other.jpeg));
});

test('every field of the format is documented', async () => {
  const text = await readFile(new URL('../../../docs/thumbnails.md', import.meta.url), 'utf8');
  for (const name of ['template', 'theme'] as const) {
    const source = await readFile(new URL(`../../../src/thumbnail/${name}s/format.ts`, import.meta.url), 'utf8');
    for (const [, field = ''] of source.matchAll(/^ {2}(\w+): \S/gmu)) {
      const isField = field !== 'error' && field !== 'path';
      assert.ok(!isField || new RegExp(`\\b${field}\\b`, 'u').test(text), `${name}: ${field}`);
    }
  }
});

test('each mistake is reported with its line and column, and what is allowed', async (t) => {
  const folder = await folderWith(t, {
    'wrong.template.yaml': `panles: []
photo: { left: 10, right: 5, width: 3 }
panels:
  - fill: blau
    area: {}
columns:
  - area: { left: 3x }
    children:
      - { kind: text, show: turnament, sise: title }
      - { kind: nmes }
      - kind: names
      - kind: text
`,
    'broken.template.yaml': 'columns:\n  - area: {\n',
    'nameless.template.yaml': 'columns:\n  - area: {}\n    children: [{ kind: logo }]\n',
    'many.template.yaml': `a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [${Array(60).fill('*a').join(', ')}]\n`,
  });
  const designs = openDesigns(folder);
  assert.deepEqual(
    mistakes(() => designs.template('wrong'))
      .split('\n')
      .slice(1)
      .map((line) => line.trim()),
    [
      'wrong.template.yaml:1:1: panles is not a known field; the fields are about, photo, clear, hidden, panels, columns',
      'wrong.template.yaml:2:1: photo may have two of left, right and width, not all three',
      'wrong.template.yaml:4:5: panels[0].fill must be one of facets, panel, panelStart, panelMiddle, panelEnd, accent, band, shade',
      'wrong.template.yaml:7:13: columns[0].area.left must be a number of design pixels, or a share such as 30% or 100% - 40',
      'wrong.template.yaml:9:23: columns[0].children[0].show must be one of tournament, caption, club',
      'wrong.template.yaml:9:40: columns[0].children[0].sise is not a known field; the fields are kind, show, words, width, size, lines, colour, plate, align, above, when',
      'wrong.template.yaml:10:11: columns[0].children[1].kind must have a kind: logo, text or names',
      'wrong.template.yaml:11:9: columns[0].children[2].arrangement must be one of stack, sides, rows, corners',
      'wrong.template.yaml:12:9: columns[0].children[3] must have either show or words',
    ],
  );
  assert.match(
    mistakes(() => designs.template('broken')),
    /broken\.template\.yaml:3:1: /,
  );
  assert.match(
    mistakes(() => designs.template('nameless')),
    /:1:1: columns must have a column with the names/,
  );
  assert.match(
    mistakes(() => designs.template('many')),
    /many\.template\.yaml:1:1: /,
  );
});

test('an unreadable theme is refused, and its contrast is named', async (t) => {
  const folder = await folderWith(t, {
    'pale.theme.yaml': theme
      .replace("muted: '#d3ecdf'", "muted: '#5f8f77'")
      .replace("'#06281a'\nband", "'#ffffff'\nband"),
    'typo.theme.yaml': theme.replace("'#ffffff'", 'white').replace(/band.*/u, ''),
  });
  const pale = mistakes(() => openDesigns(folder).theme('pale'));
  assert.match(
    pale,
    /pale\.theme\.yaml:3:1: muted has a contrast of [23]\.\d\d on the panel \(#\w{6}\), it must be at least 4\.5/,
  );
  assert.match(pale, /pale\.theme\.yaml:6:1: onAccent has a contrast of 1\.\d\d on the accent/);
  const typo = mistakes(() => openDesigns(folder).theme('typo'));
  assert.match(typo, /typo\.theme\.yaml:2:1: text must be a colour such as "#0b1d5e"/);
  assert.match(typo, /typo\.theme\.yaml:1:1: band is missing/);
});

test('a changed file is noticed immediately, and a file replaces the built-in design of its name', async (t) => {
  const folder = await folderWith(t, { 'blue.theme.yaml': theme });
  assert.equal(openDesigns(folder).theme('blue').accent, '#ffd23f');
  const before = openDesigns(folder).stamp;
  await writeFile(join(folder, 'blue.theme.yaml'), theme.replace("accent: '#ffd23f'", "accent: '#ffffff'"));
  assert.equal(openDesigns(folder).theme('blue').accent, '#ffffff');
  assert.notEqual(openDesigns(folder).stamp, before);
  await rm(join(folder, 'blue.theme.yaml'));
  assert.equal(openDesigns(folder).theme('blue').accent, '#d8f34a');
  assert.equal(openDesigns(join(folder, 'nowhere')).stamp, '');
});

test('the club’s themes claim tournaments before the built-in ones; one with mistakes claims none, and says so', async (t) => {
  const folder = await folderWith(t, {
    'cup.theme.yaml': `tournaments: [Tour de]\n${theme}`,
    'odd.theme.yaml': 'panel: 3\n',
    'own.template.yaml': template,
  });
  const warnings: string[] = [];
  const themeOf = (tournament: string) =>
    openDesigns(folder).themeFor(tournament, (sentence) => warnings.push(sentence)).name;
  assert.equal(themeOf('tour de club'), 'cup');
  assert.deepEqual(warnings, []);
  assert.equal(themeOf('Tournament'), 'purple');
  assert.match(warnings.join(), /odd\.theme\.yaml:1:1/);
  assert.deepEqual(openDesigns(folder).templateNames, ['bar', 'duel', 'own', 'sidebar']);
  assert.deepEqual(openDesigns(folder).themeNames, ['blue', 'cup', 'odd', 'purple', 'white']);
});

test('a template without room for any names says so', async (t) => {
  const designs = await folderWith(t, { 'low.template.yaml': template.replace('right: 32', 'right: 32, height: 30') });
  const photo = join(designs, 'hall.png');
  await hall(640, 360, []).png().toFile(photo);
  await assert.rejects(renderThumbnail(requestFor(photo, { designs, template: 'low' })), {
    code: 'DESIGN_INVALID',
    message: /"low" has no room/,
  });
});
