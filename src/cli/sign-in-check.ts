import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../app/config.ts';
import { publishAuth } from '../app/publish-target/sign-in.ts';
import { signInProblem } from '../youtube/auth.ts';
import { say } from './output.ts';

/** Nobody waits longer for Google before a start: milliseconds. */
const patienceMs = 8_000;

/**
 * Says before videos are started, rather than when the first one would be published, that a person must sign in. They may
 * be ranked and chosen from meanwhile.
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
