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
import { fastLocal, longLocal, lookUp, remotePublish } from '../activity-options.ts';
import type { Activities, PreparedVideo, VideoSettings } from '../activity-types.ts';
import { cpuQueue, type ProcessVideoInput, uploadQueue, type VideoResult } from '../names.ts';
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
  try {
    const result = await processVideo(input, state, stages);
    await condition(allHandlersFinished);
    return result;
  } catch (error) {
    if (isCancellation(error)) {
      await CancellationScope.nonCancellable(async () => {
        state.enter('CANCELLED');
        await condition(allHandlersFinished);
      });
    }
    throw error;
  }
}

async function processVideo(input: ProcessVideoInput, state: VideoState, stages: PatientStages): Promise<VideoResult> {
  const { videoPath } = input;

  const { acceptVideoActivity } = proxyActivities<Activities>({
    ...lookUp,
    ...(input.hostId !== undefined && { taskQueue: cpuQueue(workflowInfo().taskQueue, input.hostId) }),
  });
  const { hostId, hostName, settings: defaults } = await stages.run('PREPARING', () => acceptVideoActivity(videoPath));
  state.hostName = hostName;
  const settings = settingsOf(input, defaults);
  const activities = activitiesOn(hostId, settings);

  const prepared = await stages.run('PREPARING', () =>
    activities.fast.prepareVideoActivity(videoPath, state.corrections),
  );
  state.title = prepared.title;
  state.match = prepared.match;
  state.recordedOn = prepared.recordedOn;
  state.durationSeconds = prepared.durationSeconds;
  for (const warning of prepared.warnings) state.warn(warning);
  if (prepared.published) return publishedBefore(prepared, prepared.published, state);

  dropImpossibleChoice(state);

  const ranked = await stages.run('RANKING', () => activities.long.rankThumbnailsActivity(videoPath, settings.topN));
  state.candidates = ranked.candidates;
  for (const note of ranked.notes) state.warn(note);
  dropImpossibleChoice(state);

  await waitForSelection(state, settings);
  await stages.run('SELECTING', () => {
    const [frame, atSeconds] = asArguments(state.choice ?? { best: true });
    return activities.fast.selectThumbnailActivity(videoPath, frame, atSeconds);
  });

  let drawn: DrawnThumbnail;
  const draw = async (): Promise<DrawnThumbnail> => {
    const { corrections } = state;
    const { file, warnings } = await activities.fast.enhanceThumbnailActivity(
      videoPath,
      settings.templateName,
      corrections,
    );
    for (const warning of warnings) state.warn(warning);
    return { file, corrections };
  };
  do drawn = await stages.run('ENHANCING', draw);
  while (drawn.corrections !== state.corrections);

  state.published = await stages.run('UPLOADING', async () => {
    // A person may have corrected the match while the upload was parked.
    if (drawn.corrections !== state.corrections) drawn = await draw();
    return activities.publish.uploadVideoActivity(videoPath, state.corrections);
  });
  state.title = state.published.title;
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
  const chosen = () => state.choice !== undefined;
  if (chosen()) return;
  state.enter('WAITING_FOR_SELECTION');
  const timeout = settings.selectionTimeoutSeconds * 1000;
  const policy = settings.selectionPolicy;
  if (timeout <= 0 || policy === 'wait') return condition(chosen);
  if (await condition(chosen, timeout)) return;
  if (policy === 'cancel') await cancelThisRun();
}

/** A choice made before the recording was known may turn out not to exist. */
function dropImpossibleChoice(state: VideoState): void {
  const problem = state.choice && refuseChoice(state.choice, { ...state, fixed: false });
  if (!problem || ('frame' in (state.choice as Choice) && !state.candidates)) return;
  state.choice = undefined;
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
    publish: proxyActivities<Activities>({ ...remotePublish(settings), taskQueue: upload }),
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
