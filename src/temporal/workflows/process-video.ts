import {
  allHandlersFinished,
  CancellationScope,
  CancelledFailure,
  condition,
  isCancellation,
  makeContinueAsNewFunc,
  proxyActivities,
  workflowInfo,
} from '@temporalio/workflow';
import type { Corrections } from '../../domain/corrections.ts';
import { type Choice, refuseChoice } from '../../domain/selection.ts';
import { isPast } from '../../domain/stages.ts';
import type { VideoInput } from '../../domain/video-input.ts';
import { lookUp, lookUpOnHost } from '../activity-options.ts';
import type { AcceptedVideo, Activities, PreparedVideo, VideoSettings } from '../activity-types.ts';
import { cpuQueue, type ProcessVideoInput, type VideoResult } from '../names.ts';
import { untilPublished } from './carry-out.ts';
import { checkedActivities } from './checked-activities.ts';
import { destinationOf } from './destination.ts';
import { EarlyUpload } from './early-upload.ts';
import { HostSearch } from './find-host.ts';
import { activitiesOn, type HostActivities } from './host-activities.ts';
import { TimeForNewRun } from './long-history.ts';
import { listenTo } from './messages.ts';
import { asksEveryHost, mayHideNames } from './patches.ts';
import { PatientStages } from './patient-stage.ts';
import { carryRun, type Run, takeOverRun } from './run-progress.ts';
import { stateDisplay } from './show-state.ts';
import { type ContinuedInput, carriedOf, inputOf, settingsOf } from './video-input.ts';
import { VideoState } from './video-state.ts';

/** One recording's way to a published video: prepare → rank → a person selects → select → enhance → upload → cleanup. */
export async function processVideoWorkflow(input: ContinuedInput): Promise<VideoResult> {
  const wishes = inputOf(input);
  const carried = carriedOf(input);
  const state = new VideoState(wishes.videoPath, workflowInfo().workflowId, stateDisplay());
  state.hostId = wishes.hostId;
  state.corrections = wishes.corrections ?? {};
  state.choice = wishes.choice;
  state.look = wishes.look ?? {};
  state.hidesNames = wishes.hidesNames ?? false;
  const early = new EarlyUpload(state);
  const stages = new PatientStages(state, early);
  const search = new HostSearch(wishes.videoPath, () => state.chosenHost);
  const run: Run = { state, stages, early, search, progress: { isPrepared: false } };
  if (carried) {
    // The run before may have undone the choice that the video started with.
    state.choice = undefined;
    takeOverRun(run, carried);
    hideNames(run);
    state.show();
  }
  listenTo(state, stages);
  void stages.watchHistory().catch(() => undefined);
  try {
    const result = await processVideo(wishes, run).catch((error) => inNewRun(error, wishes, run));
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

/** Continues in a new run where the history has become too long for this one; throws any other error again. */
async function inNewRun(error: unknown, input: VideoInput, run: Run): Promise<never> {
  if (!(error instanceof TimeForNewRun)) throw error;
  run.early.stop();
  await run.early.ended();
  await condition(allHandlersFinished);
  if (CancellationScope.current().consideredCancelled) throw new CancelledFailure('CANCELLED');
  const { runTimeoutMs, taskTimeoutMs } = workflowInfo();
  const continueAsNew = makeContinueAsNewFunc<typeof processVideoWorkflow>({
    workflowTaskTimeout: taskTimeoutMs,
    ...(runTimeoutMs !== undefined && { workflowRunTimeout: runTimeoutMs }),
  });
  return continueAsNew({ ...(input as ProcessVideoInput), carried: carryRun(run) });
}

async function processVideo(input: VideoInput, run: Run): Promise<VideoResult> {
  const { state, progress } = run;
  const from = state.workingStage;
  const settings = await accept(input, run);
  const named = (name: string) => {
    state.hostName = name;
  };
  const place = { hostId: state.hostId as string, priority: input.priority };
  const activities = activitiesOn(place, settings, named);
  const before = await prepare(run, activities);
  if (before) return before;
  const inTurn = activitiesOn({ ...place, group: state.recordedOn }, settings, named);
  beginEarlyUpload(run, settings, inTurn);
  await rank(run, settings, inTurn);
  if (!state.published) {
    state.published = await untilPublished(run, settings, activities, from);
    state.title = state.published.title;
    for (const warning of state.published.warnings ?? []) state.warn(warning);
  }
  const cleanUp = () => activities.cleanUp.cleanupVideoActivity(state.videoPath, destinationOf(state.published));
  const { movedTo } = await run.stages.run('CLEANING_UP', cleanUp);
  const { file: thumbnail } = progress.drawn ?? {};
  return completed(state, {
    publishedBefore: false,
    ...(thumbnail !== undefined && { thumbnail }),
    ...(movedTo !== undefined && { movedTo }),
  });
}

/** Finds the host that has the recording. */
async function accept(input: VideoInput, run: Run): Promise<VideoSettings> {
  const { state, stages, search, progress } = run;
  if (progress.settings) return progress.settings;
  const { videoPath, hostId: given } = input;
  const { acceptVideoActivity } = checkedActivities(
    proxyActivities<Activities>({
      ...(given === undefined ? lookUp : { ...lookUpOnHost, taskQueue: cpuQueue(workflowInfo().taskQueue, given) }),
      summary: 'asks for the recording',
    }),
  );
  const work = (): Promise<AcceptedVideo> =>
    given === undefined && asksEveryHost() ? search.find() : acceptVideoActivity(videoPath);
  const { hostId, hostName, settings: defaults } = await stages.run('PREPARING', work);
  state.hostId = hostId;
  state.hostName = hostName;
  const settings = settingsOf(input, defaults);
  state.timeZone = settings.timeZone;
  state.studioUrl = settings.studioUrl;
  progress.settings = settings;
  hideNames(run);
  return settings;
}

/** A foreign client does not say that names are to be hidden; the machine that has accepted its video does. */
function hideNames({ state, progress: { settings } }: Run): void {
  if (settings?.hidesNames && !state.hidesNames) state.hidesNames = mayHideNames();
}

/** The result if the content was published before. */
async function prepare(
  { state, stages, progress }: Run,
  { prepare: reading }: HostActivities,
): Promise<VideoResult | undefined> {
  let known: Corrections = {};
  const work = () => {
    known = state.corrections;
    return reading.prepareVideoActivity(state.videoPath, known);
  };
  if (progress.isPrepared) {
    stages.isDone('PREPARING', work);
    return undefined;
  }
  const prepared = await stages.run('PREPARING', work);
  state.contentId = prepared.videoId;
  state.title = prepared.title;
  state.match = prepared.match;
  state.recordedOn = prepared.recordedOn;
  state.durationSeconds = prepared.durationSeconds;
  progress.isPrepared = true;
  // A person may have corrected the match during preparation.
  if (known !== state.corrections) state.retitle();
  for (const warning of prepared.warnings) state.warn(warning);
  if (prepared.published) return publishedBefore(prepared, prepared.published, state);
  dropImpossibleChoice(state);
  return undefined;
}

function beginEarlyUpload({ state, early }: Run, settings: VideoSettings, { sendEarly }: HostActivities): void {
  const isTooLate = state.sent || early.hasFailed || isPast('WAITING_FOR_SELECTION', state.workingStage);
  if (!settings.uploadEarly || isTooLate) return;
  early.begin((order) =>
    sendEarly.uploadVideoActivity(state.videoPath, state.corrections, { ...order, ...destinationOf(state.sent) }),
  );
}

async function rank({ state, stages }: Run, { topN }: VideoSettings, { rank: ranking }: HostActivities): Promise<void> {
  const work = () => ranking.rankThumbnailsActivity(state.videoPath, topN);
  if (state.candidates) return stages.isDone('RANKING', work);
  const ranked = await stages.run('RANKING', work);
  state.candidates = ranked.candidates;
  for (const note of ranked.notes) state.warn(note);
  dropImpossibleChoice(state);
}

/** A choice made before the recording was known may turn out to be impossible. */
function dropImpossibleChoice(state: VideoState): void {
  const problem = state.choice && refuseChoice(state.choice, { ...state, fixed: false });
  if (!problem || ('frame' in (state.choice as Choice) && !state.candidates)) return;
  state.undoChoice();
  state.warn(`The early choice was dropped: ${problem}`);
}

function publishedBefore(prepared: PreparedVideo, published: PublishedBefore, state: VideoState): VideoResult {
  state.published = published;
  state.title = published.title;
  state.warn(
    `${prepared.recording} has the same content as "${published.title}", which was already published: nothing was sent.`,
  );
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
