import { medianBackground } from './background.ts';
import { type Foreground, foregroundOf } from './foreground.ts';
import { levelled } from './levelled.ts';
import type { Scan } from './scan.ts';
import { type View, viewsOf } from './view.ts';

/** A scanned recording and what is seen in it: who moves, and what is in the way. One entry per look. */
export interface Survey extends Scan {
  readonly foregrounds: readonly Foreground[];
  readonly views: readonly View[];
  /** Whether there is an empty court to compare with: not with a hand-held camera. */
  readonly holdsStill: boolean;
}

/** On a tripod 3 to 9 % of a picture differs from the empty court; hand-held, most of it does. */
const stillShare = 0.2;

export function surveyOf(scan: Scan): Survey {
  const looks = levelled(scan.looks);
  const background = medianBackground(looks);
  const foregrounds = looks.map((look) => foregroundOf(look, background));
  const holdsStill = median(foregrounds.map(({ share }) => share)) < stillShare;
  const [first] = looks;
  const views = holdsStill && first ? viewsOf(foregrounds, first.width, first.height) : looks.map(() => freeView);
  return { ...scan, looks, foregrounds, views, holdsStill };
}

const freeView: View = { clear: 1, strange: 0 };

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
