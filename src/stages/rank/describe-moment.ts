import type { Person } from '../../pose/index.ts';
import type { Activity } from './activity.ts';
import type { Moment } from './different-moments.ts';
import { explain } from './explain.ts';
import type { PeopleByLook } from './find-players.ts';
import { playersOf } from './posture.ts';
import { ratePostures } from './rate.ts';
import type { Survey } from './survey.ts';

/** A box as parts of the picture, 0 to 1. */
export interface PlayerBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What a score was made of. */
export interface ScoreParts {
  /** Standard deviations above the mean posture of the recording; absent when the pose model did not look. */
  readonly posture?: number;
  /** 0 to 1 of the liveliest stretch. */
  readonly activity: number;
  /** 0 to 1: the part of the recording's frames that are less sharp where the players are. */
  readonly sharpness: number;
  /** 1 is a free view. */
  readonly clear: number;
  /** Number of the rally it belongs to, from 1. */
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

export function describeMoment(
  survey: Survey,
  people: PeopleByLook | undefined,
  { curve, rallies }: Activity,
  { index, time, score, foreground }: Moment & { readonly index: number },
): RankedMoment {
  const { foregrounds, views, pictureSize } = survey;
  const found = people?.get(index)?.[0];
  const view = views[index] ?? { clear: 1, strange: 0 };
  const lessSharp = foregrounds.filter(({ sharpness }) => sharpness < foreground.sharpness).length;
  const sharpness = Number((lessSharp / foregrounds.length).toFixed(4));
  const posture = people && found ? ratePostures(survey, people).get(index) : undefined;
  const rally = rallies.findIndex(({ start, end }) => time >= start && time <= end) + 1;
  return {
    time,
    score,
    why: explain({ people: found, view, sharpness, pictureHeight: pictureSize.height }),
    ...(found && { players: boxesOf(found, pictureSize) }),
    parts: {
      ...(posture !== undefined && { posture: Number(posture.toFixed(4)) }),
      activity: curve[index]?.value ?? 0,
      sharpness,
      clear: Number(view.clear.toFixed(4)),
      ...(rally > 0 && { rally }),
    },
  };
}

function boxesOf(people: readonly Person[], { width, height }: { width: number; height: number }): PlayerBox[] {
  return playersOf(people).map(({ box }) => {
    const [left, right] = [within(box.x / width), within((box.x + box.width) / width)];
    const [top, bottom] = [within(box.y / height), within((box.y + box.height) / height)];
    const rounded = (value: number) => Number(value.toFixed(4));
    return { x: rounded(left), y: rounded(top), width: rounded(right - left), height: rounded(bottom - top) };
  });
}

const within = (value: number) => Math.min(1, Math.max(0, value));
