import type { Person } from '../../pose/index.ts';
import type { Activity } from './activity.ts';
import type { Moment } from './different-moments.ts';
import { explain } from './explain.ts';
import { playersOf } from './posture.ts';
import { ratePostures } from './rate.ts';
import type { PeopleByLook } from './sightings.ts';
import type { Survey } from './survey.ts';

/** A box as fractions of the picture, 0 to 1. */
export interface PlayerBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What a score consists of, and what else describes the moment. Numbers are 0 to 1 except the two counts. */
export interface ScoreParts {
  /** The activity, as a fraction of the recording's liveliest stretch; absent behind a covered view. */
  readonly activity?: number;
  /** How many players were found, four at most; absent when the pose model did not look. */
  readonly players?: number;
  /** 0.5 is the recording's mean posture, higher is more like a rally; absent when the pose model did not look. */
  readonly posture?: number;
  /** Where the players are, as a fraction of that of the recording's sharpest frames. */
  readonly sharpness: number;
  /** 0 is a clear view; 1 is blocked, covered by a title or blurred. */
  readonly occlusion: number;
  /** Number of the rally it belongs to, from 1; absent in a pause and when rallies are not known. */
  readonly rally?: number;
}

export interface RankedMoment {
  /** Seconds. */
  readonly time: number;
  readonly score: number;
  readonly why: string;
  /** The players found, largest first; absent when the pose model did not look at this frame. */
  readonly players?: readonly PlayerBox[];
  readonly parts: ScoreParts;
}

/** Seconds by which the ends of a rally were rounded. */
const rounding = 0.001;

export function describeMoment(
  survey: Survey,
  people: PeopleByLook | undefined,
  { curve, rallies }: Activity,
  { index, time, score, foreground }: Moment & { readonly index: number },
): RankedMoment {
  const { foregrounds, views, pictureSize } = survey;
  const found = people?.get(index)?.times[0];
  const view = views[index] ?? { clear: 1, strange: 0 };
  const sharpness = rounded(Math.min(1, foreground.sharpness / Math.max(1e-9, sharpest(foregrounds))));
  const posture = people && found ? ratePostures(survey, people).get(index) : undefined;
  const lively = curve[index]?.value;
  const rally = rallies.findIndex(({ start, end }) => time > start - rounding && time < end + rounding) + 1;
  return {
    time,
    score,
    why: explain({ people: found, view, sharpness, pictureHeight: pictureSize.height }),
    ...(found && { players: boxesOf(found, pictureSize) }),
    parts: {
      ...(lively !== undefined && { activity: lively }),
      ...(found && { players: playersOf(found).length }),
      ...(posture !== undefined && { posture: rounded(1 / (1 + Math.exp(-posture))) }),
      sharpness,
      occlusion: rounded(1 - view.clear),
      ...(rally > 0 && { rally }),
    },
  };
}

function boxesOf(people: readonly Person[], { width, height }: { width: number; height: number }): PlayerBox[] {
  return playersOf(people).map(({ box }) => {
    const [left, right] = [within(box.x / width), within((box.x + box.width) / width)];
    const [top, bottom] = [within(box.y / height), within((box.y + box.height) / height)];
    return { x: rounded(left), y: rounded(top), width: rounded(right - left), height: rounded(bottom - top) };
  });
}

/** The sharpness that one frame in ten exceeds. */
function sharpest(foregrounds: Survey['foregrounds']): number {
  const values = foregrounds.map(({ sharpness }) => sharpness).sort((a, b) => a - b);
  return values[Math.floor(values.length * 0.9)] ?? 0;
}

const rounded = (value: number) => Number(value.toFixed(4));
const within = (value: number) => Math.min(1, Math.max(0, value));
