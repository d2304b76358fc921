import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { type Causes, signInCause } from '../workspace/causes.ts';
import { watchSignIn } from '../youtube/auth.ts';
import { resumeParked } from './resume-parked.ts';

export interface ResumeOptions {
  readonly client: Client;
  readonly causes: Causes;
  /** The publish target that this sign-in is for. */
  readonly target: string;
  /** The token file. */
  readonly file: string;
  readonly log: Logger;
}

/**
 * Resumes videos parked for a dead sign-in as soon as somebody has signed in again. The returned function stops this.
 */
export const resumeAfterSignIn = ({ client, causes, target, file, log }: ResumeOptions): (() => void) =>
  watchSignIn(file, () => {
    causes.ended(signInCause(target));
    void resumeParked(client, 'AUTH_REQUIRED', log);
  });
