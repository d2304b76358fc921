import type { Client } from '@temporalio/client';
import { queryStatus } from './control.ts';
import { RefusedError } from './errors.ts';
import { lastTaskFailure } from './task-failure.ts';

/**
 * Why a video does not react to a request:
 * - `failing`: a worker cannot run its workflow
 * - `without-worker`: no worker answers a query
 * - `working`: a worker runs it, and its current work has not ended yet
 */
export type Delay =
  | { readonly kind: 'failing'; readonly reason: string }
  | { readonly kind: 'without-worker' | 'working' };

export async function whyDelayed(client: Client, videoId: string): Promise<Delay> {
  const reason = await lastTaskFailure(client, videoId);
  if (reason !== undefined) return { kind: 'failing', reason };
  try {
    await queryStatus(client, videoId);
    return { kind: 'working' };
  } catch (error) {
    if (error instanceof RefusedError) return { kind: 'without-worker' };
    throw error;
  }
}
