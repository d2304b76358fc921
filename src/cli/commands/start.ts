import path from 'node:path';
import { videoStarter } from '../../app/video-starter.ts';
import { StageError } from '../../domain/errors.ts';
import { recordingsIn } from '../../intake/recordings.ts';
import type { StartOutcome } from '../../temporal/client/start.ts';
import { isRehearsal } from '../../workspace/ledger.ts';
import { openStore } from '../../workspace/store.ts';
import { inTurn } from '../in-turn.ts';
import { say } from '../output.ts';
import { requireDesigns } from '../require-designs.ts';
import { readSettings, withTemporal } from '../session.ts';
import { warnWithoutSignIn } from '../sign-in-check.ts';
import { startWishes } from '../start-wishes.ts';

interface Options {
  readonly top?: number;
  readonly template?: string;
  readonly json?: true;
}

interface Failed {
  readonly kind: 'failed';
  readonly videoPath: string;
  readonly reason: string;
}

export async function start(files: readonly string[], { json, ...wishes }: Options): Promise<void> {
  const settings = readSettings().config;
  requireDesigns(settings, wishes.template);
  await warnWithoutSignIn(settings);
  await withTemporal(async ({ config, client }) => {
    const store = openStore(config.DATA_DIR);
    try {
      const recordings = files.length > 0 ? files : await recordingsIn(config.INPUT_DIR).catch(() => []);
      if (recordings.length === 0) say(`There is no recording in ${config.INPUT_DIR}.`);
      const startVideo = videoStarter(config, client, store);
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
