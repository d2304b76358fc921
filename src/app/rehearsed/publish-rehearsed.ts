import { StageError } from '../../domain/errors.ts';
import { videoIdOf } from '../../domain/video-id.ts';
import { findRecording, placesOf } from '../../stages/find-recording.ts';
import { preparedRecord } from '../../stages/records.ts';
import { rehearsedWishes } from '../../stages/rehearsal/wishes.ts';
import type { StartVideo } from '../../temporal/client/start.ts';
import { rehearsedOnly } from '../../workspace/ledger.ts';
import type { Store } from '../../workspace/store.ts';
import { openReadOnly } from '../../workspace/workspace.ts';
import type { Config } from '../config.ts';
import { stageOptions } from '../stage-options.ts';
import { recordingGone, recordsGone } from './rehearsed-videos.ts';

export interface PublishRehearsedParts {
  readonly now: () => Config;
  readonly store: Store;
  readonly startVideo: StartVideo;
}

/**
 * - `joined`: it is being processed already
 * - `published`: it is on the real YouTube already
 * - `not-rehearsed`: this machine knows of no rehearsal of that video
 */
export type RehearsedOutcome =
  | { readonly videoId: string; readonly outcome: 'started' | 'joined' | 'published' | 'not-rehearsed' }
  | { readonly videoId: string; readonly outcome: 'refused'; readonly problem: string };

/**
 * Starts the video of a recording that was rehearsed, with what was chosen then. However often it is asked for, it is
 * published once: a video that runs is joined, and one that is published is known by its content.
 */
export async function publishRehearsed(
  { now, store, startVideo }: PublishRehearsedParts,
  videoId: string,
): Promise<RehearsedOutcome> {
  const isOfVideo = ({ fingerprint }: { fingerprint: string }) => videoIdOf(fingerprint) === videoId;
  if (!rehearsedOnly(store.ledger).some(isOfVideo)) {
    const outcome = store.ledger.all().some(isOfVideo) ? 'published' : 'not-rehearsed';
    return { videoId, outcome };
  }
  const refused = (problem: string) => ({ videoId, outcome: 'refused', problem }) as const;
  try {
    const workspace = openReadOnly(store.workspaceRoot, videoId);
    const prepared = workspace?.read(preparedRecord);
    if (!workspace || !prepared) return refused(recordsGone);
    const recording = await findRecording(workspace, prepared, store);
    if (recording === undefined) return refused(recordingGone(placesOf(workspace, prepared)));
    const { club } = stageOptions(now()).metadata;
    const { kind } = await startVideo(recording, rehearsedWishes(workspace, { club, recording, now: Date.now() }));
    return { videoId, outcome: kind };
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
    return refused(`${error.message} ${error.action}`);
  }
}
