import { openPoseFinder, type PoseFinder, type PoseLimits } from '../../pose/index.ts';
import type { StageContext } from '../context.ts';
import { type Activity, activityOf } from './activity.ts';
import { describeMoment, type RankedMoment } from './describe-moment.ts';
import { differentMoments } from './different-moments.ts';
import { type FoundPlayers, findPlayers } from './find-players.ts';
import type { KeptPasses } from './kept-passes.ts';
import { momentsOf } from './moments.ts';
import { notesOn } from './notes.ts';
import { planExamination, roundsFor } from './plan-examination.ts';
import { scanProgress, withinLast } from './progress.ts';
import { rateLooks, rateSilhouettes } from './rate.ts';
import { type Rejected, rejectedOf } from './rejected.ts';
import { type DecoderLimits, scanRecording } from './scan.ts';
import { type PeopleByLook, sightingsBook } from './sightings.ts';
import { standardScores } from './standard-scores.ts';
import { type Survey, surveyOf } from './survey.ts';
import { clearEnough } from './view.ts';

export interface Ranked {
  readonly moments: readonly RankedMoment[];
  readonly notes: readonly string[];
  readonly activity: Activity;
  /** In chronological order. */
  readonly rejected: readonly Rejected[];
}

export interface RankOptions extends Pick<StageContext, 'signal' | 'report'> {
  /** Ranks by movement alone. */
  readonly withoutPose?: boolean | undefined;
  /** Limits of the pose process. */
  readonly poseLimits?: PoseLimits | undefined;
  /** Limits of the decoder processes. */
  readonly decoderLimits?: DecoderLimits | undefined;
  /** What earlier attempts finished, and where this one keeps what it finishes. */
  readonly kept?: KeptPasses | undefined;
}

/** Seconds before the end of the scan at which the pose model is loaded: decoding leaves the cores partly idle. */
const loadingAhead = 4;

/** With players in a smaller share of the looks than this, the pose model does not understand what it is shown. */
const enoughLooks = 0.4;

/**
 * Ranks a recording: one pass over its key frames, then the pose model on a bounded number of them.
 * @param count the number of different moments
 */
export async function rankRecording(videoPath: string, count: number, options: RankOptions): Promise<Ranked> {
  const { signal, report, withoutPose = false, poseLimits, decoderLimits, kept } = options;
  const workOn = (looks: number) => (withoutPose ? 0 : roundsFor(looks, count).work);
  const done = scanProgress(workOn);
  const nearlyDone = withinLast(loadingAhead);
  let scanned = 0;
  let opened: PoseFinder | undefined;
  const openFinder = (expected: number) => {
    if (!withoutPose) opened ??= openPoseFinder({ ...poseLimits, expected, signal });
    return opened;
  };
  const onFraction = (fraction: number, keyFrames: number) => {
    scanned = done(fraction, keyFrames);
    report({ fraction: scanned, note: `looked at ${keyFrames} key frames` });
    if (nearlyDone(fraction)) openFinder(workOn(Math.round(keyFrames / fraction)));
  };
  let keeping: Promise<void> | undefined;
  try {
    const scan = kept?.scan ?? (await scanRecording(videoPath, signal, onFraction, decoderLimits));
    const plan = planExamination(scan.looks, count);
    const finder = openFinder(plan.work);
    if (!kept?.scan) keeping = kept?.keepScan(scan);
    // Its failure is reported below.
    keeping?.catch(() => {});
    const survey = surveyOf(scan);
    const activity = activityIn(survey);
    const found: FoundPlayers = finder
      ? await findPlayers({
          pictures: survey.pictures,
          plan,
          promise: promiseOf(survey, activity),
          best: (people, most) =>
            differentMoments(momentsOf(survey, rateLooks(survey, people)), most).map(({ index }) => index),
          finder,
          book: kept?.book ?? sightingsBook(),
          onFraction: (fraction) =>
            report({ fraction: scanned + (1 - scanned) * fraction, note: 'looking for players' }),
        })
      : { people: new Map(), trouble: 'The pose model is switched off.' };
    return judge(survey, activity, found, count);
  } finally {
    await Promise.allSettled([opened?.close()]);
    await keeping;
  }
}

function judge(survey: Survey, activity: Activity, found: FoundPlayers, count: number): Ranked {
  const people = understood(survey, found.people) ? found.people : undefined;
  const all = momentsOf(survey, rateLooks(survey, people));
  const moments = differentMoments(all, count);
  return {
    moments: moments.map((moment) => describeMoment(survey, people, activity, moment)),
    notes: notesOn(survey, people, found.trouble),
    activity,
    rejected: rejectedOf(all, moments),
  };
}

function activityIn({ looks, foregrounds, views, holdsStill }: Survey): Activity {
  const times = looks.map(({ time }) => time);
  const activity = activityOf(times, foregrounds, views);
  return holdsStill ? activity : { ...activity, trust: 0, rallies: [], none: 'The camera moves.' };
}

/**
 * How promising each look is before any posture is known: movement counts to the extent that it tells rallies from
 * pauses.
 */
function promiseOf(survey: Survey, { curve, trust }: Activity): number[] {
  const movement = standardScores(curve.map(({ value }) => value ?? 0));
  return rateSilhouettes(survey).map((silhouette, index) => {
    const covered = 1 - (survey.views[index]?.clear ?? 0);
    return silhouette + trust * (movement[index] ?? 0) - 10 * covered;
  });
}

function understood({ views }: Survey, people: PeopleByLook): boolean {
  const free = [...people].filter(([index]) => (views[index]?.clear ?? 0) >= clearEnough);
  const withPlayers = free.filter(([, { times }]) => times.some((found) => found.length > 0));
  return free.length > 0 && withPlayers.length >= enoughLooks * free.length;
}
