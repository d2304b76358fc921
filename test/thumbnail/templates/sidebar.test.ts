import assert from 'node:assert/strict';
import test from 'node:test';
import { Resvg } from '@resvg/resvg-js';
import fc from 'fast-check';
import { leastCapHeight, shortName } from '../../../src/thumbnail/scale.ts';
import { sidebar } from '../../../src/thumbnail/templates/sidebar.ts';
import { edgeAt } from '../../../src/thumbnail/templates/sidebar-panel.ts';
import type { Content, Drawing } from '../../../src/thumbnail/templates/template.ts';
import { drawText, type TextLine } from '../../../src/thumbnail/text/draw-text.ts';
import { capHeight, measure } from '../../../src/thumbnail/text/measure.ts';
import { printable } from '../../../src/thumbnail/text/printable.ts';
import { findTheme } from '../../../src/thumbnail/themes/themes.ts';

const letters = [
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
  ...'ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ',
  ...'àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ',
  ...'ŁłÇçĞğİıŞşÄäÖöÜüßØøÅåÆæŒœŠšŽžČčŘřĎďŤťŇňÞþÐðĶķĻļŅņŐőŰűŻżŹź',
];
const word = (most: number) => fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: most });
const name = fc.oneof(
  word(12),
  word(30),
  fc.array(word(8), { minLength: 2, maxLength: 5 }).map((parts) => parts.join(' ')),
  fc.array(word(8), { minLength: 2, maxLength: 3 }).map((parts) => parts.join('-')),
);
const team = (players: number) => fc.array(name, { minLength: players, maxLength: players });
const teams = fc.constantFrom(1, 2).chain((players) => fc.tuple(team(players), team(players)));
const tournament = fc.oneof(fc.constant(''), fc.constant('Cafe Game'), name);

const fail = (sentence: string) => assert.fail(sentence);
const transparentLogo = { png: Buffer.alloc(0), width: 100, height: 100, ink: [255, 255, 255] } as const;

function content(players: readonly (readonly string[])[], title: string, club: string, hasLogo: boolean): Content {
  return {
    club: printable(club, 'label', fail),
    ...(hasLogo && { logo: transparentLogo }),
    tournament: printable(title, 'title', fail),
    teams: players.map((each) => each.map((player) => printable(player, 'name', fail))),
    caption: printable("Women's Doubles · 15 Dec 2024", 'label', fail),
  };
}

function box(line: TextLine) {
  const { width, rise, drop } = measure(line.words);
  const right = line.x + width * line.size * line.narrowed;
  return { left: line.x, right, top: line.baseline - rise * line.size, bottom: line.baseline + drop * line.size };
}

const draw = (filled: Content): Drawing => sidebar.draw(filled, findTheme('blue'), 1280);
const capOf = (line: TextLine) => line.size * capHeight(line.words);
const isName = (line: TextLine) => line.colour === findTheme('blue').text;

test('whatever the names, nothing leaves the panel and no line touches another', () => {
  fc.assert(
    fc.property(teams, tournament, fc.oneof(fc.constant(''), name), fc.boolean(), (players, title, club, hasLogo) => {
      const { texts } = draw(content(players, title, club, hasLogo));
      const boxes = texts.map(box).sort((a, b) => a.top - b.top);
      for (const [index, { left, right, top, bottom }] of boxes.entries()) {
        assert.ok(left >= 0 && top >= 0 && bottom <= 720, JSON.stringify({ left, top, bottom }));
        assert.ok(right <= edgeAt(bottom), `${right} is past the edge at ${edgeAt(bottom)}`);
        const above = boxes[index - 1];
        if (above)
          assert.ok(top >= above.bottom - 0.01, `a line at ${top} touches the one that ends at ${above.bottom}`);
      }
    }),
    { numRuns: 400 },
  );
});

test('every player is named; names of up to 12 letters whole, with capitals of at least 60, none under 40', () => {
  fc.assert(
    fc.property(teams, tournament, fc.boolean(), (players, title, hasLogo) => {
      const filled = content(players, title, 'Club', hasLogo);
      const lines = draw(filled).texts.filter(isName);
      for (const line of lines) assert.ok(capOf(line) >= leastCapHeight - 0.01, `${line.words.text}: ${capOf(line)}`);
      const said = lines.map((line) => line.words.text).join('');
      const bare = (text: string) => text.replaceAll(' ', '');
      for (const player of players.flat()) {
        assert.ok(bare(said).includes([...bare(player.normalize('NFC'))][0] ?? 'never'));
        if ([...bare(player)].length > shortName) continue;
        assert.ok(bare(said).includes(bare(player.normalize('NFC'))), `${player} is whole in ${said}`);
        const own = lines.filter((line) => bare(player.normalize('NFC')).includes(bare(line.words.text)));
        for (const line of own.filter((each) => each.words.text === player)) assert.ok(capOf(line) >= 59.99, player);
      }
    }),
    { numRuns: 300 },
  );
});

test('the ink of drawn text lies where it was measured', async () => {
  await fc.assert(
    fc.asyncProperty(teams, async (players) => {
      const { texts } = draw(content(players, 'Cafe Game', 'Sun', false));
      const { pixels, width } = new Resvg(await drawText(texts, 480, 720), {
        font: { loadSystemFonts: false },
      }).render();
      const boxes = texts.map(box);
      // To the left a mark may lean into the margin.
      for (let at = 3; at < pixels.length; at += 4) {
        if ((pixels[at] ?? 0) < 128) continue;
        const [x, y] = [((at - 3) / 4) % width, Math.floor((at - 3) / 4 / width)];
        const inside = boxes.some((b) => x >= b.left - 12 && x <= b.right + 1 && y >= b.top - 1 && y <= b.bottom + 1);
        assert.ok(inside, `ink at ${x}, ${y}`);
      }
    }),
    { numRuns: 15 },
  );
});

test('a long name is shortened with an ellipsis only at its end', () => {
  const endless = 'Wolfeschlegelstein Hausenbergerdorff The Third Of His Name And House';
  const lines = draw(
    content(
      [
        [endless, 'Jo'],
        ['Al', 'Bo'],
      ],
      'Cafe Game',
      'Club',
      false,
    ),
  ).texts.filter(isName);
  const own = lines.filter((line) => !['Jo', 'Al', 'Bo'].includes(line.words.text)).map((line) => line.words.text);
  assert.ok(own.length <= 2);
  assert.match(own.at(-1) ?? '', /…$/);
  assert.ok(own.slice(0, -1).every((line) => !line.includes('…')));
  assert.ok(endless.startsWith(own.join(' ').replace('…', '')));
});

test('piles of loose marks cannot push a name out of the panel', () => {
  const piled = printable('Z̈́́́á̈̈l̈́́g̈́́ö́́'.repeat(3), 'name', () => {});
  const filled = content(
    [
      ['A', 'B'],
      ['C', 'D'],
    ],
    'Cafe Game',
    'Club',
    true,
  );
  const { texts } = draw({
    ...filled,
    teams: [
      [piled, piled],
      [piled, piled],
    ],
  });
  for (const line of texts.map(box)) assert.ok(line.top >= 0 && line.bottom <= 720);
});
