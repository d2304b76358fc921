import { StageError } from '../../domain/errors.ts';
import { concernsAll } from '../../youtube/error-catalogue.ts';
import { plannedPause } from '../planned-pause.ts';
import type { UploadJob } from './job.ts';

/** What is recorded about a failed step, without which the match is published. */
export interface ExtraFailure {
  /** What was to be done: an attempt at something else starts over. */
  readonly of: string;
  readonly tries: number;
  readonly warning: string;
}

export interface ExtraStep {
  readonly of: string;
  readonly what: string;
  readonly before: ExtraFailure | undefined;
  readonly youtubeId: string;
}

/** With doubling pauses this takes about a minute, which a passing fault at YouTube seldom outlasts. */
const mostTries = 6;

/**
 * A step that a match can be published without (its thumbnail, its playlist): tried up to six times in all, then
 * reported. What would stop anything else as well (sign-in, quota) is not the step's own failure, nor is a prescribed
 * wait, nor a YouTube that does not answer at all.
 * @returns the failure, or undefined when the step is done
 */
export async function tryExtra(
  { options, context, youtube, requireOurs }: UploadJob,
  step: ExtraStep,
  work: () => Promise<void>,
): Promise<ExtraFailure | undefined> {
  const { signal, report } = context;
  let failure = step.before?.of === step.of && !options.order?.askAgain ? step.before : undefined;
  while ((failure?.tries ?? 0) < mostTries) {
    const tries = (failure?.tries ?? 0) + 1;
    if (tries > 1) await plannedPause(options.retryPauseSeconds * 1000 * 2 ** (tries - 2), context);
    report({ fraction: 1, note: `${step.what}${tries > 1 ? `, try ${tries}` : ''}` });
    requireOurs();
    try {
      await work();
      return undefined;
    } catch (error) {
      if (!(error instanceof StageError) || concernsAll(error) || error.notBefore !== undefined) throw error;
      if (error.remedy === 'retry') await youtube.getVideo(step.youtubeId, { signal });
      const advice =
        error.remedy === 'fix' ? error.action : `It was tried ${mostTries} times; it can be done in YouTube Studio.`;
      const warning = `${step.what} failed: ${error.message}. ${advice}`.replaceAll('..', '.');
      failure = { of: step.of, tries: error.remedy === 'fix' ? mostTries : tries, warning };
    }
  }
  return failure;
}
