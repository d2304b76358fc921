import path from 'node:path';
import { UsageError } from '../../app/usage-error.ts';
import { videoStarter } from '../../app/video-starter.ts';
import { StageError } from '../../domain/errors.ts';
import { recordingsIn } from '../../intake/recordings.ts';
import type { StartOutcome } from '../../temporal/client/start.ts';
import type { VideoPriority } from '../../temporal/names.ts';
import { isRehearsal } from '../../workspace/ledger.ts';
import { openStore } from '../../workspace/store.ts';
import { confirm } from '../confirm.ts';
import { inTurn } from '../in-turn.ts';
import { type KnownBy, notYetVideos } from '../not-yet-videos.ts';
import { onOneLine, say } from '../output.ts';
import { requireDesigns } from '../require-designs.ts';
import { readSettings, withTemporal } from '../session.ts';
import { warnWithoutSignIn } from '../sign-in-check.ts';
import { startWishes } from '../start-wishes.ts';

interface Options {
  readonly top?: number;
  readonly template?: string;
  readonly priority?: VideoPriority;
  /** Every recording of the input folder that is not yet a video. */
  readonly all?: true;
  /** Nobody is asked. */
  readonly yes?: true;
  readonly json?: true;
}

interface Failed {
  readonly kind: 'failed';
  readonly videoPath: string;
  readonly reason: string;
}

export async function start(files: readonly string[], { json, all, yes, ...wishes }: Options): Promise<void> {
  if (all && files.length > 0) throw new UsageError('Say which recordings to start: their files, or --all.');
  const settings = readSettings().config;
  requireDesigns(settings, wishes.template);
  await warnWithoutSignIn(settings);
  await withTemporal(async ({ config, client }) => {
    const store = openStore(config.DATA_DIR);
    try {
      const present = files.length > 0 ? files : await recordingsIn(config.INPUT_DIR).catch(() => []);
      if (present.length === 0) say(`There is no recording in ${config.INPUT_DIR}.`);
      const target = config.PUBLISH_TARGET;
      const recordings = all ? await chosenOf(present, { client, store, target }, yes) : present;
      const startVideo = videoStarter(() => config, client, store);
      const act = async (file: string) => {
        const outcome = await startVideo(file, startWishes(wishes)).catch((error) => asFailed(file, error));
        return { ...outcome, text: describeOutcome(outcome) };
      };
      const outcomes = await inTurn(recordings, { json, act });
      if (outcomes.some(({ kind }) => kind === 'failed')) process.exitCode = 1;
    } finally {
      store.close();
    }
  });
}

/**
 * Those that are not videos yet, once they have been shown and confirmed.
 * @throws UsageError when the answer is not yes, or nobody is there to answer
 */
async function chosenOf(present: readonly string[], known: KnownBy, yes: true | undefined): Promise<string[]> {
  const recordings = await notYetVideos(present, known);
  const others = present.length - recordings.length;
  if (others > 0) {
    const those =
      others === 1 ? '1 recording has a video, or had one' : `${others} recordings have a video, or had one`;
    say(`${those}: left out. To start one of them again: npx badminton start FILE`);
  }
  if (recordings.length > 0 && !yes)
    await confirm(
      recordings.map((file) => onOneLine(path.basename(file))),
      'start',
    );
  return recordings;
}

/** One line for people about the outcome of a start. */
export function describeOutcome(outcome: StartOutcome | Failed): string {
  const recording = path.basename(outcome.videoPath);
  switch (outcome.kind) {
    case 'started':
      return `${outcome.videoId}  started: ${recording}`;
    case 'joined':
      return `${outcome.videoId}  is already being processed: ${recording}`;
    case 'published':
      return `${outcome.videoId}  was already published as "${outcome.publication.title}": ${outcome.publication.watchUrl}${isRehearsal(outcome.publication.target) ? ' (REHEARSAL)' : ''}`;
    case 'failed':
      return `${recording}: ${outcome.reason}`;
  }
}

function asFailed(file: string, error: unknown): Failed {
  if (error instanceof StageError)
    return { kind: 'failed', videoPath: file, reason: `${error.message} ${error.action}` };
  throw error;
}
