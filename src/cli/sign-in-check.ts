import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../app/config.ts';
import { publishAuth } from '../app/publish-target/sign-in.ts';
import { signInProblem } from '../youtube/auth.ts';
import { say } from './output.ts';

/** Milliseconds: the longest a start waits for Google. */
const patienceMs = 8_000;

/**
 * Warns that a person must sign in before videos are started, rather than when the first is ready to publish. Until
 * then, they can be ranked and chosen from.
 */
export async function warnWithoutSignIn(config: Config): Promise<void> {
  if (config.PUBLISH_TARGET !== 'youtube') return;
  const tooLate = sleep(patienceMs, undefined, { ref: false });
  const problem = await Promise.race([signInProblem(publishAuth(config)), tooLate]);
  if (!problem) return;
  say(
    `WARNING: nothing can be published: ${problem.message}\n${problem.action}\nUntil then, videos are prepared and people can choose.`,
  );
}
