import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { watchSignIn } from '../youtube/auth.ts';
import { resumeParked } from './resume-parked.ts';

/**
 * Lets the videos that are parked for a dead sign-in go on as soon as somebody signed in again. Returns what ends that.
 * @param file the token file
 */
export const resumeAfterSignIn = (client: Client, file: string, log: Logger): (() => void) =>
  watchSignIn(file, () => void resumeParked(client, 'AUTH_REQUIRED', log));
