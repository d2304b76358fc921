import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { type Causes, signInCause } from '../workspace/causes.ts';
import { watchSignIn } from '../youtube/auth.ts';
import { resumeParked } from './resume-parked.ts';

export interface ResumeOptions {
  readonly client: Client;
  readonly causes: Causes;
  /** What is published to with this sign-in. */
  readonly target: string;
  /** The token file. */
  readonly file: string;
  readonly log: Logger;
}

/** Resumes the videos that are parked for a dead sign-in as soon as somebody has signed in again. Returns what ends that. */
export const resumeAfterSignIn = ({ client, causes, target, file, log }: ResumeOptions): (() => void) =>
  watchSignIn(file, () => {
    causes.ended(signInCause(target));
    void resumeParked(client, 'AUTH_REQUIRED', log);
  });
