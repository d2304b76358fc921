import type { TextLine } from '../thumbnail/text/draw-text.ts';
import { disc, number } from './draw-candidates.ts';
import type { DrawnSheet } from './drawn.ts';
import type { Sheet } from './sheet.ts';
import { clock, colours, innerWidth, margin } from './style.ts';
import { type Pen, widthOf, write } from './write.ts';

/** Pixels. */
const plotHeight = 170;
const headHeight = 62;
const picksHeight = 44;
const axisHeight = 44;
export const activityHeight = headHeight + picksHeight + plotHeight + axisHeight;

const padding = 24;
const label: Pen = { size: 17, colour: colours.muted };
const rallyNumber: Pen = { size: 15, colour: colours.muted };
/** Seconds between the marks of the time axis: the first that does not crowd them. */
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200];
const mostMarks = 14;

/** The curve of activity with rallies as bands, candidates as numbered discs, and rejected moments as ticks below. */
export function drawActivity(sheet: Sheet, top: number): DrawnSheet {
  const { curve, rallies, rejected, candidates } = sheet;
  const last = Math.max(1e-3, ...curve.map(({ time }) => time), ...candidates.map(({ time }) => time));
  const left = margin + padding;
  const width = innerWidth - 2 * padding;
  const base = top + headHeight + picksHeight + plotHeight;
  const x = (time: number) => Number((left + (time / last) * width).toFixed(1));
  const y = (value: number) => Number((base - value * plotHeight).toFixed(1));
  const blocked = rejected.filter(({ reason }) => !reason.endsWith('candidate'));
  const marks = timeMarks(last);
  return {
    shapes: [
      `<rect x="${margin}" y="${top}" width="${innerWidth}" height="${activityHeight}" rx="14" fill="${colours.panel}"/>`,
      ...rallies.map(({ start, end }) => {
        const from = base - plotHeight;
        return `<rect x="${x(start)}" y="${from}" width="${Math.max(2, x(end) - x(start))}" height="${plotHeight}" rx="4" fill="${colours.rally}"/>`;
      }),
      ...stretchesOf(curve).map((stretch) => area(stretch, x, y, base)),
      `<line x1="${left}" y1="${base}" x2="${left + width}" y2="${base}" stroke="${colours.line}" stroke-width="2"/>`,
      ...blocked.map(
        ({ time }) =>
          `<line x1="${x(time)}" y1="${base - 9}" x2="${x(time)}" y2="${base + 5}" stroke="${colours.rejected}" stroke-width="3"/>`,
      ),
      ...candidates.map(
        ({ time }) =>
          `<line x1="${x(time)}" y1="${base - plotHeight - 22}" x2="${x(time)}" y2="${base}" stroke="${colours.pick}" stroke-width="2"/>`,
      ),
      // The best is on top when two are close.
      ...candidates.toReversed().flatMap(({ time }) => disc(x(time), base - plotHeight - 22, 15)),
    ],
    texts: [
      ...head(sheet, top + 38),
      ...rallies.flatMap(({ start, end }, index) => rallyLabel(index + 1, x(start), x(end), base)),
      ...candidates.flatMap(({ rank, time }) => {
        const covered = candidates.some((other) => other.rank < rank && Math.abs(x(other.time) - x(time)) < 14);
        return covered ? [] : number(rank, x(time), base - plotHeight - 22, 16);
      }),
      ...marks.flatMap((time) => write(clock(time), x(time), base + 28, { ...label, size: 16, align: 'centre' })),
    ],
  };
}

function head({ rallies, noRallies, rejected }: Sheet, baseline: number): TextLine[] {
  const title: Pen = { size: 22, colour: colours.text, role: 'title' };
  const left = margin + padding;
  const covered = rejected.filter(({ reason }) => !reason.endsWith('candidate')).length;
  const found = rallies.length === 1 ? '1 rally' : `${rallies.length} rallies`;
  const facts = [
    rallies.length > 0 ? found : (noRallies ?? 'No rallies.'),
    ...(covered > 0 ? [`${covered} ${covered === 1 ? 'moment' : 'moments'} without a clear view (red)`] : []),
  ];
  return [
    ...write('Activity', left, baseline, title),
    ...write(facts.join('   ·   '), left + widthOf('Activity', title) + 24, baseline, label),
  ];
}

function rallyLabel(nth: number, from: number, to: number, base: number): TextLine[] {
  const text = `rally ${nth}`;
  const short = String(nth);
  const fits = [text, short].find((words) => widthOf(words, rallyNumber) + 12 < to - from);
  return fits ? write(fits, from + 8, base - 10, rallyNumber) : [];
}

type Known = { readonly time: number; readonly value: number };

/** The curve without the moments about which nothing is known. */
function stretchesOf(curve: Sheet['curve']): Known[][] {
  const stretches: Known[][] = [[]];
  for (const { time, value } of curve) {
    if (value === null) stretches.push([]);
    else stretches.at(-1)?.push({ time, value });
  }
  return stretches.filter((stretch) => stretch.length > 0);
}

function area(stretch: readonly Known[], x: (time: number) => number, y: (value: number) => number, base: number) {
  const points = stretch.map(({ time, value }) => `${x(time)},${y(value)}`).join(' ');
  const [from, to] = [x(stretch[0]?.time ?? 0), x(stretch.at(-1)?.time ?? 0)];
  return (
    `<polygon points="${from},${base} ${points} ${to},${base}" fill="${colours.curve}" fill-opacity="0.22"/>` +
    `<polyline points="${points}" fill="none" stroke="${colours.curve}" stroke-width="2.5" stroke-linejoin="round"/>`
  );
}

function timeMarks(last: number): number[] {
  const step = steps.find((seconds) => last / seconds <= mostMarks) ?? Math.ceil(last / mostMarks);
  return Array.from({ length: Math.floor(last / step) + 1 }, (_, index) => index * step);
}
