import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { maxTournamentLength } from '../../../src/domain/match-words.ts';
import { captionOf } from '../../../src/thumbnail/caption.ts';
import { leastCapHeight, shortName } from '../../../src/thumbnail/scale.ts';
import type { PlacedText } from '../../../src/thumbnail/templates/template.ts';
import { capHeight } from '../../../src/thumbnail/text/measure.ts';
import { printable } from '../../../src/thumbnail/text/printable.ts';
import { builtIn, contentOf, draw, inkOf, latinTeams, paint, paintTexts, teams, widths, words } from './bench.ts';

const capOf = (line: PlacedText) => line.size * capHeight(line.words);
/** Up to the longest that a person may enter, in several languages. */
const tournaments = fc
  .array(
    fc.constantFrom('Giải', 'Cầu', 'Lông', 'Mở', 'Rộng', 'Championship', 'of', 'Четыре', 'клуба', '2026', '公开赛'),
    {
      minLength: 1,
      maxLength: 14,
    },
  )
  .map((parts) => parts.join(' ').slice(0, maxTournamentLength).trim());
const namesOf = (lines: readonly PlacedText[]) => lines.filter(({ slot }) => slot === 'name');
const bare = (text: string) => text.normalize('NFC').replaceAll(' ', '');

for (const template of builtIn.templateNames) {
  describe(`the template "${template}"`, () => {
    it('omits nothing and lets no line touch another or the picture’s edge, whatever the names', () => {
      fc.assert(
        fc.property(words, widths, (each, width) => {
          const { texts } = draw(template, contentOf(each), 'blue', width);
          const slots = new Set(texts.map(({ slot }) => slot));
          const said = { tournament: each.tournament, club: each.logo ? '' : each.club, caption: 'always' };
          for (const [slot, text] of Object.entries(said)) assert.equal(slots.has(slot as 'club'), text !== '', slot);
          assert.ok(slots.has('sign'));
          for (const line of texts) assert.notEqual(line.words.text, '');
          const boxes = texts.map(inkOf);
          for (const [index, { left, right, top, bottom }] of boxes.entries()) {
            assert.ok(left >= 0 && right <= width && top >= 0 && bottom <= 720, texts[index]?.words.text);
            for (const other of boxes.slice(0, index)) {
              const apart =
                left >= other.right || right <= other.left || top >= other.bottom - 0.01 || bottom <= other.top + 0.01;
              assert.ok(apart, `${texts[index]?.words.text} touches another line`);
            }
          }
        }),
        { numRuns: 150 },
      );
    });

    it('puts every bit of ink on opaque ground, where it was measured', () => {
      fc.assert(
        fc.property(words, widths, (each, width) => {
          const drawing = draw(template, contentOf({ ...each, logo: false }), 'purple', width);
          const [ink, ground] = [paintTexts(drawing, width), paint(drawing.shapes, width)];
          const boxes = drawing.texts.map(inkOf);
          for (let at = 3; at < ink.length; at += 4) {
            if ((ink[at] ?? 0) < 128) continue;
            const [x, y] = [((at - 3) / 4) % width, Math.floor((at - 3) / 4 / width)];
            // Sentences are made only where one is needed: there are a hundred thousand pixels with ink.
            if (ground[at] !== 255) assert.fail(`ink at ${x}, ${y} is on the photo: ${ground[at]}`);
            // A mark may extend beyond the left end of its line.
            const inside = boxes.some(
              (b) => x >= b.left - 12 && x <= b.right + 2 && y >= b.top - 2 && y <= b.bottom + 2,
            );
            if (!inside) assert.fail(`ink at ${x}, ${y} is where none was measured: ${JSON.stringify(boxes)}`);
          }
        }),
        { numRuns: 25 },
      );
    });

    it('draws every line with ink in it', () => {
      fc.assert(
        fc.property(words, (each) => {
          for (const line of draw(template, contentOf(each)).texts) {
            const { left, right, top, bottom } = inkOf(line);
            const pixels = paintTexts({ ...draw(template, contentOf(each)), texts: [line] }, 1280);
            let filled = 0;
            for (let y = Math.floor(top); y < bottom; y += 1) {
              for (let x = Math.floor(left); x < right; x += 1)
                if ((pixels[(y * 1280 + x) * 4 + 3] ?? 0) > 128) filled += 1;
            }
            const share = filled / ((right - left) * (bottom - top));
            assert.ok(share > 0.03 && share < 0.9, `${line.words.text}: ${share}`);
          }
        }),
        { numRuns: 6 },
      );
    });

    it('names every player; names of up to 12 letters whole, with capitals of at least 60, none under 40', () => {
      fc.assert(
        fc.property(latinTeams, fc.boolean(), (players, logo) => {
          const lines = namesOf(draw(template, contentOf({ teams: players, logo })).texts);
          for (const line of lines)
            assert.ok(capOf(line) >= leastCapHeight - 0.01, `${line.words.text}: ${capOf(line)}`);
          const said = bare(lines.map((line) => line.words.text).join(''));
          for (const player of players.flat()) {
            assert.ok(said.includes([...bare(player)][0] ?? 'never'));
            if ([...bare(player)].length > shortName) continue;
            assert.ok(said.includes(bare(player)), `${player} is whole in ${said}`);
            for (const line of lines.filter((each) => each.words.text.split(' / ').includes(player.normalize('NFC')))) {
              assert.ok(capOf(line) >= 59.99, `${player}: ${capOf(line)}`);
            }
          }
        }),
        { numRuns: 200 },
      );
    });

    it('draws all scripts without narrowing them beyond legibility', () => {
      fc.assert(
        fc.property(teams, (players) => {
          for (const { narrowed } of namesOf(draw(template, contentOf({ teams: players })).texts)) {
            assert.ok(narrowed >= 0.45 && narrowed <= 1);
          }
        }),
        { numRuns: 100 },
      );
    });

    it('says all of what it is given, whatever the type, the date, the names and their language', () => {
      const dates = fc
        .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 10));
      const types = fc.constantFrom(...(['ms', 'md', 'ws', 'wd', 'xd'] as const));
      fc.assert(
        fc.property(words, tournaments, types, dates, widths, (each, tournament, type, date, width) => {
          const caption = captionOf(type, date);
          const content = contentOf({ ...each, tournament, caption });
          const { texts } = draw(template, content, 'blue', width);
          const said = (slot: PlacedText['slot']) =>
            bare(
              texts
                .filter((line) => line.slot === slot)
                .map((line) => line.words.text)
                .join(''),
            );
          assert.equal(said('caption').replace('·', ''), bare(caption).replace('·', ''));
          assert.equal(said('tournament'), bare(content.tournament.text));
          if (!each.logo) assert.equal(said('club'), bare(content.club.text));
          const names = content.teams.flat().map(({ text }) => bare(text));
          assert.equal(said('name').replaceAll('/', ''), names.join('').replaceAll('/', ''));
        }),
        {
          numRuns: 150,
          examples: [
            [
              {
                teams: [
                  ['An', 'Bo'],
                  ['Chi', 'Du'],
                ],
              },
              'Cafe Game',
              'wd',
              '2026-11-27',
              1280,
            ],
          ],
        },
      );
    });

    it('breaks an endless name, and no other, and leaves nothing out', () => {
      const endless = 'Wolfeschlegelstein Hausenbergerdorff The Third Of His Name And House '.repeat(3).trim();
      const lines = namesOf(
        draw(
          template,
          contentOf({
            teams: [
              [endless, 'Jo'],
              ['Al', 'Bo'],
            ],
          }),
        ).texts,
      );
      const said = lines.map((line) => line.words.text).join(' / ');
      assert.ok(bare(said).replaceAll('/', '').startsWith(bare(endless)), said);
      for (const other of ['Jo', 'Al', 'Bo']) assert.ok(said.split(' / ').includes(other), `${other} in ${said}`);
    });

    it('keeps stacks of loose marks in their place', () => {
      const pile = 'Z̈́́́á̈̈l̈́́g̈́́ö́́'.repeat(3);
      const piled = printable(pile, 'name', () => {});
      const content = contentOf({
        teams: [
          ['A', 'B'],
          ['C', 'D'],
        ],
        logo: true,
      });
      const { texts } = draw(template, {
        ...content,
        teams: [
          [piled, piled],
          [piled, piled],
        ],
      });
      for (const line of texts.map(inkOf)) assert.ok(line.top >= 0 && line.bottom <= 720);
    });
  });
}
