import {
  type ActivityOptions,
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
import {
  hasField,
  readUncheckedInput,
  readVideoInput,
  type VideoInput,
  withoutField,
} from '../../domain/video-input.ts';
import type { VideoPriority } from '../../domain/video-priority.ts';
import { fastLocal, longLocal, lookUp, priorityKeys, remotePublish } from '../activity-options.ts';
import type { AcceptedVideo, Activities, PreparedVideo, VideoSettings } from '../activity-types.ts';
import {
  cpuQueue,
  earlyUploadQueue,
  type ProcessVideoInput,
  rankQueue,
  uploadQueue,
  type VideoResult,
} from '../names.ts';
import { checkedActivities } from './checked-activities.ts';
import { EarlyUpload } from './early-upload.ts';
import { HostSearch } from './find-host.ts';
import { listenTo } from './messages.ts';
import { asksEveryHost, checksInput, takesFirstCorrections, takesPriority } from './patches.ts';
import { ChoiceChanged, PatientStages } from './patient-stage.ts';
import { VideoState } from './video-state.ts';

/** One recording's way to a published video: prepare → rank → a person selects → select → enhance → upload → cleanup. */
export async function processVideoWorkflow(input: ProcessVideoInput): Promise<VideoResult> {
  const wishes = inputOf(input);
  const state = new VideoState(wishes.videoPath, workflowInfo().workflowId);
  state.hostId = wishes.hostId;
  state.corrections = wishes.corrections ?? {};
  const stages = new PatientStages(state);
  listenTo(state, stages);
  const early = new EarlyUpload(state);
  try {
    const result = await processVideo(wishes, state, stages, early);
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

/** @throws ApplicationFailure BAD_INPUT naming the field, before anything else happens */
function inputOf(value: unknown): VideoInput {
  const isPath = typeof (value as Partial<VideoInput> | null)?.videoPath === 'string';
  if (isPath && !checksInput()) return readUncheckedInput(value as VideoInput);
  let taken = value;
  if (hasField(value, 'corrections') && !takesFirstCorrections()) taken = withoutField(taken, 'corrections');
  if (hasField(value, 'priority') && !takesPriority()) taken = withoutField(taken, 'priority');
  const input = readVideoInput(taken);
  if (typeof input === 'string') throw ApplicationFailure.nonRetryable(input, 'BAD_INPUT');
  return input;
}

async function processVideo(
  input: VideoInput,
  state: VideoState,
  stages: PatientStages,
  early: EarlyUpload,
): Promise<VideoResult> {
  const { videoPath } = input;

  const { acceptVideoActivity } = checkedActivities(
    proxyActivities<Activities>({
      ...lookUp,
      ...(input.hostId !== undefined && { taskQueue: cpuQueue(workflowInfo().taskQueue, input.hostId) }),
    }),
  );
  const search = new HostSearch(videoPath, () => state.chosenHost);
  const accept = () => (input.hostId === undefined && asksEveryHost() ? search.find() : acceptVideoActivity(videoPath));
  const accepted = await stages.run('PREPARING', accept);
  const { hostId, hostName, settings: defaults } = accepted;
  state.hostId = hostId;
  state.hostName = hostName;
  const settings = settingsOf(input, defaults);
  state.timeZone = settings.timeZone;
  state.studioUrl = settings.studioUrl;
  const named = (name: string) => {
    state.hostName = name;
  };
  const activities = activitiesOn(accepted, settings, input.priority, named);

  let known: Corrections = {};
  const prepared = await stages.run('PREPARING', () => {
    known = state.corrections;
    return activities.prepare.prepareVideoActivity(videoPath, known);
  });
  state.contentId = prepared.videoId;
  state.title = prepared.title;
  state.match = prepared.match;
  state.recordedOn = prepared.recordedOn;
  state.durationSeconds = prepared.durationSeconds;
  // A person may have corrected the match during preparation.
  if (known !== state.corrections) state.retitle();
  for (const warning of prepared.warnings) state.warn(warning);
  if (prepared.published) return publishedBefore(prepared, prepared.published, state);

  dropImpossibleChoice(state);
  const { long, publishLater } = activitiesOn(accepted, settings, input.priority, named, prepared.recordedOn);
  if (settings.uploadEarly) {
    early.begin((order) => publishLater.uploadVideoActivity(videoPath, state.corrections, order));
  }

  const ranked = await stages.run('RANKING', () => long.rankThumbnailsActivity(videoPath, settings.topN));
  state.candidates = ranked.candidates;
  for (const note of ranked.notes) state.warn(note);
  dropImpossibleChoice(state);

  let selected: Choice | undefined;
  const select = async (): Promise<void> => {
    const choice = state.choice ?? { best: true };
    const [frame, atSeconds] = asArguments(choice);
    await activities.fast.selectThumbnailActivity(videoPath, frame, atSeconds);
    selected = choice;
  };
  const draw = async (): Promise<DrawnThumbnail> => {
    // For runs from before `choiceLeavesPark`: another frame may have been chosen while drawing was parked.
    if (state.choice && selected !== state.choice) await select();
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
  let followed: string | undefined;
  const publish = (first: DrawnThumbnail) => {
    let drawn = first;
    return stages.run('UPLOADING', async (asked) => {
      early.stop();
      await stages.unlessChanged(early.ended());
      // A person may have corrected the match while the upload was parked.
      if (drawn.corrections !== state.corrections) drawn = await stages.stoppable(draw);
      const upload = (order: UploadOrder) =>
        activities.publish.uploadVideoActivity(videoPath, state.corrections, { ...asked, ...order });
      if (asked.sendAgain !== followed) state.sent = undefined;
      followed = asked.sendAgain;
      if (!state.sent) {
        const sending = upload({ sendOnly: true });
        try {
          state.isSent(await stages.unlessChanged(sending));
        } catch (error) {
          if (error instanceof ChoiceChanged) early.adopt(sending);
          throw error;
        }
      }
      return { published: await stages.publish(() => upload({})), thumbnail: drawn.file };
    });
  };
  const { published, thumbnail } = await untilPublished(state, settings, stages, { select, draw, publish });
  state.published = published;
  state.title = published.title;
  for (const warning of published.warnings ?? []) state.warn(warning);

  const { movedTo } = await stages.run('CLEANING_UP', () => activities.publish.cleanupVideoActivity(videoPath));
  return completed(state, { publishedBefore: false, thumbnail, ...(movedTo !== undefined && { movedTo }) });
}

interface DrawnThumbnail {
  readonly file: string;
  /** What the thumbnail was drawn with: it is redrawn if a correction has arrived since. */
  readonly corrections: Corrections;
}

interface CarryOut<Published> {
  readonly select: () => Promise<void>;
  readonly draw: () => Promise<DrawnThumbnail>;
  readonly publish: (drawn: DrawnThumbnail) => Promise<Published>;
}

/**
 * Waits for a choice, takes its frame from the recording, draws the thumbnail and publishes it. If the choice is
 * changed or undone before publishing begins, all of it starts over: nothing is published that nobody chose.
 */
async function untilPublished<Published>(
  state: VideoState,
  settings: VideoSettings,
  stages: PatientStages,
  { select, draw, publish }: CarryOut<Published>,
): Promise<Published> {
  for (;;) {
    await waitForSelection(state, settings);
    stages.beginChoice();
    try {
      await stages.run('SELECTING', () => stages.stoppable(select));
      let drawn: DrawnThumbnail;
      do drawn = await stages.run('ENHANCING', () => stages.stoppable(draw));
      while (drawn.corrections !== state.corrections);
      return await publish(drawn);
    } catch (error) {
      if (!(error instanceof ChoiceChanged)) throw error;
    }
  }
}

/** Waits for a person, who may already have chosen; if nobody does in time, the policy decides. */
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
  state.chosenByPolicy = true;
}

/** Waits until the choice can no longer be undone; false if it was undone. */
async function isKept(state: VideoState): Promise<boolean> {
  while (state.undoing) await condition(() => state.choice === undefined, state.undoMillisecondsLeft);
  return state.choice !== undefined;
}

/** A choice made before the recording was known may turn out to be impossible. */
function dropImpossibleChoice(state: VideoState): void {
  const problem = state.choice && refuseChoice(state.choice, { ...state, fixed: false });
  if (!problem || ('frame' in (state.choice as Choice) && !state.candidates)) return;
  state.undoChoice();
  state.warn(`The early choice was dropped: ${problem}`);
}

/** Has this run cancelled from outside, as a person would: only then does it end as Cancelled. */
async function cancelThisRun(): Promise<never> {
  await proxyActivities<Activities>(lookUp).cancelOwnVideoActivity();
  await condition(() => false);
  throw new Error('unreachable: the cancellation ends the wait');
}

function settingsOf(input: VideoInput, defaults: VideoSettings): VideoSettings {
  return {
    ...defaults,
    topN: input.topN ?? defaults.topN,
    templateName: input.templateName ?? defaults.templateName,
    selectionTimeoutSeconds: input.selectionTimeoutSeconds ?? defaults.selectionTimeoutSeconds,
    selectionPolicy: input.selectionPolicy ?? defaults.selectionPolicy,
  };
}

/**
 * The activities of one host. A chosen video takes precedence over those still being ranked.
 * @param group those of the same priority take turns, one of each group
 */
function activitiesOn(
  { hostId, hasLongQueues }: AcceptedVideo,
  settings: VideoSettings,
  priority: VideoPriority | undefined,
  named: (hostName: string) => void,
  group?: string,
) {
  const { taskQueue: shared } = workflowInfo();
  const cpu = cpuQueue(shared, hostId);
  const upload = uploadQueue(shared, hostId);
  const rank = hasLongQueues ? rankQueue(shared, hostId) : cpu;
  const early = hasLongQueues ? earlyUploadQueue(shared, hostId) : upload;
  const { chosen, prepare, long } = priorityKeys[priority ?? 'normal'];
  const on = (taskQueue: string, options: ActivityOptions, priorityKey: number) =>
    checkedActivities(
      proxyActivities<Activities>({
        ...options,
        taskQueue,
        priority: { priorityKey, ...(group !== undefined && { fairnessKey: group }) },
      }),
      named,
    );
  return {
    prepare: on(cpu, fastLocal(settings), prepare),
    fast: on(cpu, fastLocal(settings), chosen),
    long: on(rank, longLocal(settings), long),
    publish: on(upload, remotePublish(settings), chosen),
    publishLater: on(early, remotePublish(settings), long),
  };
}

function asArguments(choice: Choice): [frame?: string | undefined, atSeconds?: number] {
  if ('frame' in choice) return [choice.frame];
  return 'atSeconds' in choice ? [undefined, choice.atSeconds] : [];
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
