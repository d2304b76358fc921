import assert from 'node:assert/strict';
import { Resvg } from '@resvg/resvg-js';
import fc from 'fast-check';
import { openDesigns } from '../../../src/thumbnail/designs/designs.ts';
import { drawTemplate } from '../../../src/thumbnail/templates/draw-template.ts';
import type { Content, Drawing, PlacedText } from '../../../src/thumbnail/templates/template.ts';
import { drawText, fontFilesOf } from '../../../src/thumbnail/text/draw-text.ts';
import { measure } from '../../../src/thumbnail/text/measure.ts';
import { printable } from '../../../src/thumbnail/text/printable.ts';

export const builtIn = openDesigns();
const fail = (sentence: string) => assert.fail(sentence);

export interface Words {
  readonly teams: readonly (readonly string[])[];
  readonly tournament?: string;
  readonly club?: string;
  readonly caption?: string;
  readonly logo?: boolean;
}

export function contentOf(words: Words): Content {
  const { teams, tournament = 'Cafe Game', club = 'Club', caption = "Women's Doubles · 15 Dec 2024" } = words;
  return {
    club: printable(club, 'label', fail),
    ...(words.logo && { logo: { png: emptyPng, width: 100, height: 100, ink: [255, 255, 255] } }),
    tournament: printable(tournament, 'title', fail),
    teams: teams.map((team) => team.map((player) => printable(player, 'name', fail))),
    caption: printable(caption, 'label', fail),
    own: (own) => printable(own, 'label', fail),
  };
}

const emptyPng = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

export function draw(template: string, content: Content, theme = 'blue', width = 1280): Drawing {
  const drawing = drawTemplate(builtIn.template(template), content, builtIn.theme(theme), width);
  return drawing ?? assert.fail(`${template} has no room`);
}

/** Bounds of a line's ink. */
export function inkOf(line: PlacedText) {
  const { width, rise, drop } = measure(line.words);
  const right = line.x + width * line.size * line.narrowed;
  return { left: line.x, right, top: line.baseline - rise * line.size, bottom: line.baseline + drop * line.size };
}

/** Premultiplied RGBA of SVG elements, in a picture 720 high. */
export function paint(svg: string, width: number, texts: readonly PlacedText[] = []): Buffer {
  const font = { loadSystemFonts: false, fontFiles: fontFilesOf(texts) };
  const whole = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="720">${svg}</svg>`;
  return new Resvg(whole, { font, logLevel: 'off' }).render().pixels;
}

export const paintTexts = ({ texts }: Drawing, width: number): Buffer => paint(drawText(texts), width, texts);

const latin = [
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
  ...'ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ',
  ...'àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ',
  ...'ŁłÇçĞğİıŞşÄäÖöÜüßØøÅåÆæŒœŠšŽžČčŘřĎďŤťŇňÞþÐðĶķĻļŅņŐőŰűŻżŹź',
];
const others = [...'ЖШЩДЫйцукенгЁё', ...'李宗伟谌龙', ...'桃田さくらノゾ', ...'안세영한글', 'ที่', 'น้ำ', 'ผู้', 'ก', 'ญู'];

const wordOf = (letters: readonly string[], most: number) =>
  fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: most });
const nameOf = (letters: readonly string[]) =>
  fc.oneof(
    wordOf(letters, 12),
    wordOf(letters, 30),
    fc.array(wordOf(letters, 8), { minLength: 2, maxLength: 5 }).map((parts) => parts.join(' ')),
    fc.array(wordOf(letters, 8), { minLength: 2, maxLength: 3 }).map((parts) => parts.join('-')),
  );
const teamsOf = (letters: readonly string[]) => {
  const team = (players: number) => fc.array(nameOf(letters), { minLength: players, maxLength: players });
  return fc.constantFrom(1, 2).chain((players) => fc.tuple(team(players), team(players)));
};

/** Anything a file name may say, in Latin letters, and in all scripts. */
export const latinTeams = teamsOf(latin);
export const teams = fc.oneof({ arbitrary: latinTeams, weight: 3 }, { arbitrary: teamsOf(others), weight: 1 });
export const words: fc.Arbitrary<Words> = fc.record({
  teams,
  tournament: fc.oneof(fc.constant(''), fc.constant('Cafe Game'), nameOf(latin)),
  club: fc.oneof(fc.constant(''), nameOf(latin)),
  logo: fc.boolean(),
});
/** Widths of 4:3, of 16:9, and of the widest picture. */
export const widths = fc.constantFrom(960, 1280, 1280, 1700);
