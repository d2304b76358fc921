import { StageError } from '../../domain/errors.ts';
import { videoIdOf } from '../../domain/video-id.ts';
import { findRecording, placesOf } from '../../stages/find-recording.ts';
import { preparedRecord } from '../../stages/records.ts';
import { isOnlyForRehearsals, onlyForRehearsals } from '../../stages/rehearsal/only-for-rehearsals.ts';
import { rehearsedWishes } from '../../stages/rehearsal/wishes.ts';
import type { StartVideo } from '../../temporal/client/start.ts';
import { isRehearsal, rehearsedOnly } from '../../workspace/ledger.ts';
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
 * - `started`: it is published for real, once a person has chosen a frame if it asks for one
 * - `joined`: it is being processed already, whether as a rehearsal or for real
 * - `published`: it is on the real YouTube already
 * - `not-rehearsed`: this machine knows of no rehearsal of that video
 */
export type RehearsedOutcome =
  | { readonly videoId: string; readonly outcome: 'started'; readonly asksForFrame?: true }
  | { readonly videoId: string; readonly outcome: 'joined' | 'published' | 'not-rehearsed' }
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
    const { metadata, upload } = stageOptions(now());
    if (isOnlyForRehearsals(prepared.videoPath, upload.rehearsalsOnly)) return refused(onlyForRehearsals);
    const recording = await findRecording(workspace, prepared, store);
    if (recording === undefined) return refused(recordingGone(placesOf(workspace, prepared)));
    const { club } = metadata;
    const wishes = rehearsedWishes(workspace, { club, recording, now: Date.now() });
    const outcome = await startVideo(recording, wishes);
    if (outcome.kind === 'published')
      return isRehearsal(outcome.publication.target) ? refused(stillRehearsing) : { videoId, outcome: 'published' };
    if (outcome.kind === 'joined') return { videoId, outcome: 'joined' };
    return { videoId, outcome: 'started', ...(!wishes.choice && { asksForFrame: true }) };
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
    return refused(`${error.message} ${error.action}`);
  }
}

export const stillRehearsing = 'Videos go to the local YouTube, so nothing can be published for real.';
