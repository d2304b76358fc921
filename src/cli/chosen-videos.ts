import { createInterface } from 'node:readline/promises';
import type { Client } from '@temporalio/client';
import { UsageError } from '../app/usage-error.ts';
import type { Stage } from '../domain/stages.ts';
import { findVideo, listVideos, type VideoSummary } from '../temporal/client/videos.ts';
import { say } from './output.ts';

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
  if (!yes) await confirm(meant, verb);
  return meant;
}

async function confirm(videos: readonly VideoSummary[], verb: string): Promise<void> {
  for (const { videoId, title, recording } of videos) say(`${videoId}  ${title ?? recording}`);
  const question = `${verb[0]?.toUpperCase()}${verb.slice(1)} ${videos.length === 1 ? 'this video' : `these ${videos.length} videos`}?`;
  if (!process.stdin.isTTY || !process.stderr.isTTY) throw new UsageError(`${question} Confirm with --yes.`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${question} [y/N] `);
    if (!/^y(es)?$/i.test(answer.trim())) throw new UsageError('Nothing was changed.');
  } finally {
    terminal.close();
  }
}
