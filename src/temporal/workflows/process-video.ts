import {
  ApplicationFailure,
  allHandlersFinished,
  CancellationScope,
  condition,
  isCancellation,
  proxyActivities,
  workflowInfo,
} from '@temporalio/workflow';
import type { Corrections } from '../../domain/corrections.ts';
import { type Choice, refuseChoice } from '../../domain/selection.ts';
import type { UploadOrder } from '../../domain/upload-order.ts';
import { fastLocal, longLocal, lookUp, remotePublish } from '../activity-options.ts';
import type { Activities, PreparedVideo, VideoSettings } from '../activity-types.ts';
import { cpuQueue, type ProcessVideoInput, uploadQueue, type VideoResult } from '../names.ts';
import { EarlyUpload } from './early-upload.ts';
import { listenTo } from './messages.ts';
import { PatientStages } from './patient-stage.ts';
import { VideoState } from './video-state.ts';

const mostCandidates = 50;

/** One recording's way to a published video: prepare → rank → a person selects → select → enhance → upload → cleanup. */
export async function processVideoWorkflow(input: ProcessVideoInput): Promise<VideoResult> {
  if (typeof input?.videoPath !== 'string' || input.videoPath === '') {
    throw ApplicationFailure.nonRetryable('The input needs videoPath, the path of a recording.', 'BAD_INPUT');
  }
  const state = new VideoState(input.videoPath, workflowInfo().workflowId);
  const stages = new PatientStages(state);
  listenTo(state, stages.retry);
  const early = new EarlyUpload(state);
  try {
    const result = await processVideo(input, state, stages, early);
    await condition(allHandlersFinished);
    return result;
  } catch (error) {
    if (isCancellation(error)) {
      await CancellationScope.nonCancellable(async () => {
        await early.ended();
        state.enter('CANCELLED');
        await condition(allHandlersFinished);
      });
    }
    throw error;
  }
}

async function processVideo(
  input: ProcessVideoInput,
  state: VideoState,
  stages: PatientStages,
  early: EarlyUpload,
): Promise<VideoResult> {
  const { videoPath } = input;

  const { acceptVideoActivity } = proxyActivities<Activities>({
    ...lookUp,
    ...(input.hostId !== undefined && { taskQueue: cpuQueue(workflowInfo().taskQueue, input.hostId) }),
  });
  const { hostId, hostName, settings: defaults } = await stages.run('PREPARING', () => acceptVideoActivity(videoPath));
  state.hostName = hostName;
  const settings = settingsOf(input, defaults);
  state.timeZone = settings.timeZone;
  state.studioUrl = settings.studioUrl;
  const activities = activitiesOn(hostId, settings);

  let known: Corrections = {};
  const prepared = await stages.run('PREPARING', () => {
    known = state.corrections;
    return activities.fast.prepareVideoActivity(videoPath, known);
  });
  state.title = prepared.title;
  state.match = prepared.match;
  state.recordedOn = prepared.recordedOn;
  state.durationSeconds = prepared.durationSeconds;
  // A person may have corrected it while it was prepared.
  if (known !== state.corrections) state.retitle();
  for (const warning of prepared.warnings) state.warn(warning);
  if (prepared.published) return publishedBefore(prepared, prepared.published, state);

  dropImpossibleChoice(state);
  if (settings.uploadEarly) {
    early.begin((order) => activities.publishLater.uploadVideoActivity(videoPath, state.corrections, order));
  }

  const ranked = await stages.run('RANKING', () => activities.long.rankThumbnailsActivity(videoPath, settings.topN));
  state.candidates = ranked.candidates;
  for (const note of ranked.notes) state.warn(note);
  dropImpossibleChoice(state);

  await waitForSelection(state, settings);
  const select = async (): Promise<Choice> => {
    const choice = state.choice ?? { best: true };
    const [frame, atSeconds] = asArguments(choice);
    await activities.fast.selectThumbnailActivity(videoPath, frame, atSeconds);
    return choice;
  };
  let selected = await stages.run('SELECTING', select);

  let drawn: DrawnThumbnail;
  const draw = async (): Promise<DrawnThumbnail> => {
    // Another frame may have been chosen while the drawing of this one was parked.
    if (state.choice && selected !== state.choice) selected = await select();
    const { corrections, look } = state;
    const { file, warnings } = await activities.fast.enhanceThumbnailActivity(
      videoPath,
      look.template ?? settings.templateName,
      corrections,
      look,
    );
    for (const warning of warnings) state.warn(warning);
    return { file, corrections };
  };
  do drawn = await stages.run('ENHANCING', draw);
  while (drawn.corrections !== state.corrections);

  state.published = await stages.run('UPLOADING', async (asked) => {
    await early.ended();
    // A person may have corrected the match while the upload was parked.
    if (drawn.corrections !== state.corrections) drawn = await draw();
    const upload = (order: UploadOrder) =>
      activities.publish.uploadVideoActivity(videoPath, state.corrections, { ...asked, ...order });
    if (asked.sendAgain !== undefined) state.sent = undefined;
    if (!state.sent) state.isSent(await upload({ sendOnly: true }));
    return upload({});
  });
  state.title = state.published.title;
  for (const warning of state.published.warnings ?? []) state.warn(warning);
  const thumbnail = drawn.file;

  const { movedTo } = await stages.run('CLEANING_UP', () => activities.publish.cleanupVideoActivity(videoPath));
  return completed(state, { publishedBefore: false, thumbnail, ...(movedTo !== undefined && { movedTo }) });
}

interface DrawnThumbnail {
  readonly file: string;
  /** What the picture was drawn with: it is drawn again when a correction arrived meanwhile. */
  readonly corrections: Corrections;
}

/** Waits for a person, who may have chosen already; what happens when nobody does is the policy's. */
async function waitForSelection(state: VideoState, settings: VideoSettings): Promise<void> {
  const patience = settings.selectionPolicy === 'wait' ? 0 : settings.selectionTimeoutSeconds * 1000;
  if (!state.choice || state.undoing) state.enter('WAITING_FOR_SELECTION');
  for (const deadline = Date.now() + patience; ; ) {
    const chosen = () => state.choice !== undefined;
    if (patience <= 0) await condition(chosen);
    else if (!(await condition(chosen, Math.max(1, deadline - Date.now())))) break;
    if (await isKept(state)) return;
  }
  if (settings.selectionPolicy === 'cancel') await cancelThisRun();
}

/** Nothing is drawn or sent while the choice can still be undone. */
async function isKept(state: VideoState): Promise<boolean> {
  while (state.undoing) await condition(() => state.choice === undefined, state.undoMillisecondsLeft);
  return state.choice !== undefined;
}

/** A choice made before the recording was known may turn out not to exist. */
function dropImpossibleChoice(state: VideoState): void {
  const problem = state.choice && refuseChoice(state.choice, { ...state, fixed: false });
  if (!problem || ('frame' in (state.choice as Choice) && !state.candidates)) return;
  state.undoChoice();
  state.warn(`The early choice was dropped: ${problem}`);
}

/** Has this very run cancelled from outside, as a person would: only so does it end as Cancelled. */
async function cancelThisRun(): Promise<never> {
  await proxyActivities<Activities>(lookUp).cancelOwnVideoActivity();
  await condition(() => false);
  throw new Error('unreachable: the cancellation ends the wait');
}

function settingsOf(input: ProcessVideoInput, defaults: VideoSettings): VideoSettings {
  return {
    ...defaults,
    topN: Math.min(mostCandidates, Math.max(1, Math.round(Number(input.topN ?? defaults.topN)) || defaults.topN)),
    templateName: input.templateName ?? defaults.templateName,
    selectionTimeoutSeconds: input.selectionTimeoutSeconds ?? defaults.selectionTimeoutSeconds,
    selectionPolicy: input.selectionPolicy ?? defaults.selectionPolicy,
  };
}

/** The activities of one machine. A chosen video goes before others that are still being ranked. */
function activitiesOn(hostId: string, settings: VideoSettings) {
  const { taskQueue: shared } = workflowInfo();
  const cpu = cpuQueue(shared, hostId);
  const upload = uploadQueue(shared, hostId);
  return {
    fast: proxyActivities<Activities>({ ...fastLocal(settings), taskQueue: cpu, priority: { priorityKey: 2 } }),
    long: proxyActivities<Activities>({ ...longLocal(settings), taskQueue: cpu, priority: { priorityKey: 4 } }),
    publish: proxyActivities<Activities>({
      ...remotePublish(settings),
      taskQueue: upload,
      priority: { priorityKey: 2 },
    }),
    publishLater: proxyActivities<Activities>({
      ...remotePublish(settings),
      taskQueue: upload,
      priority: { priorityKey: 4 },
    }),
  };
}

function asArguments(choice: Choice): [frame?: string | undefined, atSeconds?: number] {
  if ('frame' in choice) return [choice.frame];
  return 'atSeconds' in choice ? [undefined, choice.atSeconds] : [];
}

function publishedBefore(prepared: PreparedVideo, published: PublishedBefore, state: VideoState): VideoResult {
  state.published = published;
  state.title = published.title;
  state.warn(`${prepared.recording} has the same content as "${published.title}", published before: nothing was sent.`);
  return completed(state, { publishedBefore: true });
}

type PublishedBefore = NonNullable<PreparedVideo['published']>;

function completed(
  state: VideoState,
  rest: Pick<VideoResult, 'publishedBefore' | 'thumbnail' | 'movedTo'>,
): VideoResult {
  state.enter('COMPLETED');
  const { youtubeId, watchUrl, title, rehearsal } = state.published as PublishedBefore;
  return {
    videoId: state.videoId,
    stage: 'COMPLETED',
    title,
    youtubeId,
    watchUrl,
    rehearsal,
    stageSeconds: state.stageSeconds,
    ...rest,
  };
}
