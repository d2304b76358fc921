import path from 'node:path';
import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { type VideoId, videoIdOf } from '../../domain/video-id.ts';
import type { Publication, PublishTarget } from '../../workspace/ledger.ts';
import type { Store } from '../../workspace/store.ts';
import { type ProcessVideoInput, type VideoMemo, workflowType } from '../names.ts';
import { isEncoding } from '../payloads/data-converter.ts';
import { isAnswerLost, UnknownOutcomeError } from './errors.ts';

export type StartOutcome =
  | { readonly kind: 'started' | 'joined'; readonly videoId: VideoId; readonly videoPath: string }
  | {
      readonly kind: 'published';
      readonly videoId: VideoId;
      readonly videoPath: string;
      readonly publication: Publication;
    };

/** What a client may request for this one video. Everything else comes from the settings of the accepting worker. */
export type StartWishes = Omit<ProcessVideoInput, 'videoPath' | 'hostId' | 'hidesNames'>;

/**
 * Starts the workflow of a recording, or finds that its content is already being processed or published, whatever the
 * file is called.
 * @throws StageError FILE_MISSING, NOT_A_VIDEO (a folder), FILE_CHANGED (something writes to it); UnknownOutcomeError
 */
export type StartVideo = (file: string, wishes?: StartWishes) => Promise<StartOutcome>;

export interface StarterParts {
  readonly client: Client;
  readonly store: Pick<Store, 'recordings' | 'ledger'>;
  /** The host that has the recordings: its worker accepts them, so its settings apply. */
  readonly host: { readonly id: string };
  readonly taskQueue: string;
  /** Where videos go at the moment. */
  readonly target: () => PublishTarget;
}

/**
 * Starts the workflow of a recording in its current state.
 * @param confirm called once the content is known and before anything is started; if it throws, nothing is started
 */
export type StartAsItIs = (file: string, wishes: StartWishes, confirm: () => Promise<void>) => Promise<StartOutcome>;

/** The only way our own programs start a video; `intake/start-recording.ts` makes sure that the file is complete. */
export function createVideoStarter({ client, store, host, taskQueue, target }: StarterParts): StartAsItIs {
  return async (file, wishes, confirm) => {
    const videoPath = path.resolve(file);
    const recording = path.basename(videoPath);
    const fingerprint = await store.recordings.fingerprint(videoPath);
    const videoId = videoIdOf(fingerprint);
    const publication = store.ledger.find(fingerprint, target());
    if (publication) return { kind: 'published', videoId, videoPath, publication };
    await confirm();
    const hidesNames = isEncoding(client);
    const memo: VideoMemo = { videoPath, recording, hostId: host.id };
    try {
      await client.workflow.start(workflowType, {
        workflowId: videoId,
        taskQueue,
        args: [
          { ...wishes, hostId: host.id, videoPath, ...(hidesNames && { hidesNames }) } satisfies ProcessVideoInput,
        ],
        workflowIdConflictPolicy: 'FAIL',
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        ...(!hidesNames && { staticSummary: recording }),
        memo: { video: memo },
      });
      return { kind: 'started', videoId, videoPath };
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return { kind: 'joined', videoId, videoPath };
      if (!isAnswerLost(error)) throw error;
      throw new UnknownOutcomeError(
        `No answer came in time: ${recording} may have been started, or may be yet. Start it again; it is never processed twice.`,
        { cause: error },
      );
    }
  };
}
