import type { Client } from '@temporalio/client';
import { UsageError } from '../app/usage-error.ts';
import type { Stage } from '../domain/stages.ts';
import { findVideo, listVideos, type VideoSummary } from '../temporal/client/videos.ts';
import { confirm } from './confirm.ts';
import { onOneLine, say } from './output.ts';

export interface Which {
  /** All videos that the command applies to. */
  readonly all?: true;
  /** Those of them in this stage. */
  readonly stage?: Stage;
  /** Skips the confirmation. */
  readonly yes?: true;
}

export interface ChoosingFor {
  /** What is about to be done with them, such as `cancel`. */
  readonly verb: string;
  /** Which of the running videos `--all` includes. */
  readonly isMeant: (video: VideoSummary) => boolean;
  /** The stage that `--stage` is compared with. */
  readonly stageOf: (video: VideoSummary) => Stage | undefined;
}

/**
 * The videos a person names, or all of a kind, which are first shown and confirmed.
 * @throws UsageError if none are named or the confirmation is missing; RefusedError if there is no such video
 */
export async function chosenVideos(
  client: Client,
  ids: readonly string[],
  { all, stage, yes }: Which,
  { verb, isMeant, stageOf }: ChoosingFor,
): Promise<VideoSummary[]> {
  const isKind = all === true || stage !== undefined;
  if (isKind === ids.length > 0)
    throw new UsageError(`Say which videos to ${verb}: their ids, --all or --stage STAGE.`);
  if (!isKind) {
    const named = new Map<string, VideoSummary>();
    for (const id of ids) {
      const video = await findVideo(client, id);
      named.set(video.videoId, video);
    }
    return [...named.values()];
  }
  const running = await listVideos(client, { running: true });
  const meant = running.filter((video) => isMeant(video) && (stage === undefined || stageOf(video) === stage));
  if (meant.length === 0) {
    say(`There is no video to ${verb}.`);
    return [];
  }
  if (!yes) {
    const lines = meant.map(({ videoId, title, recording }) => onOneLine(`${videoId}  ${title ?? recording}`));
    await confirm(lines, verb);
  }
  return meant;
}
