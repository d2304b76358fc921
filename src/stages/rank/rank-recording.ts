import type { Person, PoseLimits } from '../../pose/index.ts';
import type { StageContext } from '../context.ts';
import { differentMoments, type Moment } from './different-moments.ts';
import { explain } from './explain.ts';
import { findPlayers } from './find-players.ts';
import { notesOn } from './notes.ts';
import { playersOf } from './posture.ts';
import { type PeopleByLook, rateLooks, ratePostures, rateSilhouettes } from './rate.ts';
import { type Survey, surveyRecording } from './survey.ts';

/** A box as parts of the picture, 0 to 1. */
export interface PlayerBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface RankedMoment {
  /** Seconds. */
  readonly time: number;
  readonly score: number;
  readonly why: string;
  /** The players found, largest first; absent when the pose model did not look at this frame. */
  readonly players?: readonly PlayerBox[];
}

export interface Ranked {
  readonly moments: readonly RankedMoment[];
  readonly notes: readonly string[];
}

export interface RankOptions extends Pick<StageContext, 'signal' | 'report'> {
  /** Ranks from movement alone. */
  readonly withoutPose?: boolean | undefined;
  /** Limits of the pose process. */
  readonly poseLimits?: PoseLimits | undefined;
}

/** Time shares of the two passes, for the progress. */
const surveyShare = 0.6;
/** With players in fewer of the looks than this, the pose model does not understand what it is shown. */
const enoughLooks = 0.4;

/**
 * Ranks a recording: one pass over its key frames, then the pose model on a bounded number of them.
 * @param count how many different moments
 */
export async function rankRecording(
  videoPath: string,
  count: number,
  { signal, report, withoutPose, poseLimits }: RankOptions,
): Promise<Ranked> {
  const survey = await surveyRecording(videoPath, signal, (fraction, keyFrames) =>
    report({ fraction: fraction * surveyShare, note: `looked at ${keyFrames} key frames` }),
  );
  const found = withoutPose
    ? { people: new Map(), trouble: 'The pose model is switched off.' }
    : await findPlayers(survey, promiseOf(survey), (people) => ratePostures(survey, people), {
        signal,
        onFraction: (fraction) =>
          report({ fraction: surveyShare + (1 - surveyShare) * fraction, note: 'looking at the players' }),
        ...(poseLimits && { limits: poseLimits }),
      });
  const people = understood(survey, found.people) ? found.people : undefined;
  const scores = rateLooks(survey, people);
  const moments = differentMoments(momentsOf(survey, scores), count);
  return {
    moments: moments.map((moment) => describe(survey, people, moment)),
    notes: notesOn(survey, people, found.trouble),
  };
}

/** How promising each look is before any posture is known. */
function promiseOf(survey: Survey): number[] {
  return rateSilhouettes(survey).map((value, index) => value - 10 * (1 - (survey.views[index]?.clear ?? 0)));
}

interface IndexedMoment extends Moment {
  readonly index: number;
}

function momentsOf({ looks, foregrounds, views }: Survey, scores: readonly number[]): IndexedMoment[] {
  return looks.flatMap((look, index) => {
    const foreground = foregrounds[index];
    if (!foreground) return [];
    return { index, time: look.time, score: scores[index] ?? 0, clear: views[index]?.clear ?? 0, look, foreground };
  });
}

function describe(survey: Survey, people: PeopleByLook | undefined, moment: IndexedMoment): RankedMoment {
  const { index, time, score } = moment;
  const found = people?.get(index);
  const sharper = survey.foregrounds.filter(({ sharpness }) => sharpness < moment.foreground.sharpness);
  const why = explain({
    people: found,
    view: survey.views[index] ?? { clear: 1, strange: 0 },
    sharpness: sharper.length / survey.foregrounds.length,
    pictureHeight: survey.pictureSize.height,
  });
  return { time, score, why, ...(found && { players: boxesOf(found, survey.pictureSize) }) };
}

function boxesOf(people: readonly Person[], { width, height }: { width: number; height: number }): PlayerBox[] {
  const part = (value: number) => Number(Math.min(1, Math.max(0, value)).toFixed(4));
  return playersOf(people).map(({ box }) => ({
    x: part(box.x / width),
    y: part(box.y / height),
    width: part(box.width / width),
    height: part(box.height / height),
  }));
}

function understood({ views }: Survey, people: PeopleByLook): boolean {
  const free = [...people].filter(([index]) => (views[index]?.clear ?? 0) >= 0.5);
  const withPlayers = free.filter(([, found]) => found.length > 0);
  return free.length > 0 && withPlayers.length >= enoughLooks * free.length;
}
