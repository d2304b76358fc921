import { CancellationScope, condition, proxyActivities } from '@temporalio/workflow';
import type { Choice } from '../../domain/selection.ts';
import { isPast, type Stage } from '../../domain/stages.ts';
import type { UploadOrder } from '../../domain/upload-order.ts';
import { lookUp } from '../activity-options.ts';
import type { Activities, PublishedVideo, VideoSettings } from '../activity-types.ts';
import { destinationOf } from './destination.ts';
import type { HostActivities } from './host-activities.ts';
import { TimeForNewRun } from './long-history.ts';
import { ChoiceChanged, type PatientStages } from './patient-stage.ts';
import type { DrawnThumbnail, Run, RunProgress } from './run-progress.ts';
import type { VideoState } from './video-state.ts';

/**
 * Waits for a choice, takes its frame from the recording, draws the thumbnail and publishes it. If the choice is
 * changed or undone before publishing begins, all of it starts over: nothing is published that nobody chose.
 * @param from the stage in which an earlier run was, of a continued one
 */
export async function untilPublished(
  run: Run,
  settings: VideoSettings,
  activities: HostActivities,
  from: Stage,
): Promise<PublishedVideo> {
  const { state, stages, progress } = run;
  const work = carryingOut(run, settings, activities);
  for (let at = from; ; at = 'WAITING_FOR_SELECTION') {
    if (!isPast('WAITING_FOR_SELECTION', at)) await waitForSelection(state, settings, stages, progress);
    stages.beginChoice();
    try {
      if (isPast('SELECTING', at)) stages.isDone('SELECTING', work.select);
      else await stages.run('SELECTING', () => stages.stoppable(work.select));
      if (isPast('ENHANCING', at) && progress.drawn) stages.isDone('ENHANCING', work.draw);
      else {
        do progress.drawn = await stages.run('ENHANCING', () => stages.stoppable(work.draw));
        while (progress.drawn.corrections !== state.corrections);
      }
      return await work.publish();
    } catch (error) {
      if (!(error instanceof ChoiceChanged)) throw error;
    }
  }
}

function carryingOut({ state, stages, early, progress }: Run, settings: VideoSettings, activities: HostActivities) {
  const { videoPath } = state;
  const select = async (): Promise<void> => {
    const choice = state.choice ?? { best: true };
    const [frame, atSeconds] = asArguments(choice);
    await activities.select.selectThumbnailActivity(videoPath, frame, atSeconds);
    progress.selected = choice;
  };
  const draw = async (): Promise<DrawnThumbnail> => {
    // For runs from before `choiceLeavesPark`: another frame may have been chosen while drawing was parked.
    if (state.choice && progress.selected !== state.choice) await select();
    const { corrections, look } = state;
    const { file, warnings } = await activities.draw.enhanceThumbnailActivity(
      videoPath,
      look.template ?? settings.templateName,
      corrections,
      look,
    );
    for (const warning of warnings) state.warn(warning);
    return { file, corrections };
  };
  const send = async (upload: () => Promise<PublishedVideo>): Promise<void> => {
    const scope = new CancellationScope();
    const sending = scope.run(upload);
    try {
      state.isSent(await stages.unlessChanged(sending));
    } catch (error) {
      if (error instanceof ChoiceChanged) early.adopt(sending, scope);
      throw error;
    }
  };
  const publish = () =>
    stages.run('UPLOADING', async (asked) => {
      await stages.unlessChanged(early.giveWay());
      // A person may have corrected the match while the upload was parked.
      if (progress.drawn?.corrections !== state.corrections) progress.drawn = await stages.stoppable(draw);
      const upload = (work: 'send' | 'publish', order: UploadOrder) =>
        activities[work].uploadVideoActivity(videoPath, state.corrections, {
          ...asked,
          ...order,
          ...destinationOf(state.sent),
        });
      if (asked.sendAgain !== progress.followed) state.sent = undefined;
      progress.followed = asked.sendAgain;
      if (!state.sent) await send(() => upload('send', { sendOnly: true }));
      return stages.publish(() => upload('publish', {}));
    });
  return { select, draw, publish };
}

/** Waits for a person, who may already have chosen; if nobody does in time, the policy decides. */
async function waitForSelection(
  state: VideoState,
  settings: VideoSettings,
  stages: PatientStages,
  progress: RunProgress,
): Promise<void> {
  const patience = settings.selectionPolicy === 'wait' ? 0 : settings.selectionTimeoutSeconds * 1000;
  const isContinued = stages.continues('WAITING_FOR_SELECTION');
  if (!isContinued && (!state.choice || state.undoing)) state.enter('WAITING_FOR_SELECTION');
  if (!isContinued || progress.selectionDeadline === undefined) progress.selectionDeadline = Date.now() + patience;
  const { selectionDeadline: deadline } = progress;
  const isChosen = () => state.choice !== undefined;
  const awaited = () => isChosen() || stages.isTimeForNewRun();
  for (;;) {
    if (patience <= 0) await condition(awaited);
    else if (!(await condition(awaited, Math.max(1, deadline - Date.now())))) break;
    if (!isChosen()) throw new TimeForNewRun();
    if (await isKept(state)) return;
  }
  if (settings.selectionPolicy === 'cancel') await cancelThisRun();
  state.chosenByPolicy = true;
}

/** Waits until the choice can no longer be undone; false if it was undone. */
async function isKept(state: VideoState): Promise<boolean> {
  while (state.undoing) await condition(() => state.choice === undefined, state.undoMillisecondsLeft);
  return state.choice !== undefined;
}

/** Has this run cancelled from outside, as a person would: only then does it end as Cancelled. */
async function cancelThisRun(): Promise<never> {
  const summary = 'cancels the video: nobody chose in time';
  await proxyActivities<Activities>({ ...lookUp, summary }).cancelOwnVideoActivity();
  await condition(() => false);
  throw new Error('unreachable: the cancellation ends the wait');
}

function asArguments(choice: Choice): [frame?: string | undefined, atSeconds?: number] {
  if ('frame' in choice) return [choice.frame];
  return 'atSeconds' in choice ? [undefined, choice.atSeconds] : [];
}
