import { StageError } from '../../domain/errors.ts';
import type { Store } from '../../workspace/store.ts';
import { signInState } from '../../youtube/auth.ts';
import type { Config } from '../config.ts';
import { createPublishTarget } from './create.ts';
import { signInPlace } from './sign-in.ts';

export interface Channel {
  readonly id: string;
  readonly title: string;
}

/** Milliseconds; a person waits for it. */
const answersWithin = 10_000;

/**
 * The channel of the sign-in to the real YouTube, asked at this moment: one unit of quota.
 * @throws StageError AUTH_REQUIRED if nobody is signed in, or the sign-in does not work; NETWORK and others of the call
 */
export async function channelNow(config: Config, store: Pick<Store, 'quota'>, signal?: AbortSignal): Promise<Channel> {
  const { file, command } = signInPlace(config, false);
  const state = signInState(file, command);
  if (state.state !== 'ready') throw state.problem;
  const youtube = createPublishTarget(() => config, 'youtube');
  const tooLate = AbortSignal.timeout(answersWithin);
  try {
    return await youtube
      .accountedTo((cost) => store.quota.spend('youtube', cost))
      .getChannel({ signal: signal ? AbortSignal.any([signal, tooLate]) : tooLate });
  } catch (error) {
    if (!tooLate.aborted || error instanceof StageError) throw error;
    throw new StageError('UPLOAD_INTERRUPTED', 'YouTube gave no answer, so the channel is not known.', {
      remedy: 'retry',
      action: 'Try again later.',
    });
  }
}
