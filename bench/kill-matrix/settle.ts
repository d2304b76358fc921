import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowNotFoundError } from '@temporalio/client';
import { retryStage } from '../../src/temporal/client/control.ts';
import { describeVideo, type VideoDetails } from '../../src/temporal/client/progress.ts';
import type { Club } from './club.ts';
import type { Content } from './recordings.ts';

/** Where a video has come to rest; `moving` if it has not within the time. */
export type Rest =
  | { readonly kind: 'published' | 'ended' | 'moving'; readonly details?: VideoDetails }
  /** It was never started, and its recording is not there to be. */
  | { readonly kind: 'absent'; readonly details?: undefined }
  | { readonly kind: 'parked'; readonly code: string; readonly reason: string; readonly details: VideoDetails };

export interface Settling {
  readonly seconds: number;
  /** Called again and again meanwhile; true: no need to wait any longer. */
  readonly enough?: (() => boolean) | undefined;
}

/** A video that sleeps for longer than this counts as parked. */
const longestSleep = 60_000;
/** A video that has just been parked may be on its way again. */
const restsFor = 1500;

/** Waits until each video has come to rest. */
export async function settle(club: Club, contents: readonly Content[], { seconds, enough }: Settling): Promise<Rest[]> {
  const deadline = Date.now() + seconds * 1000;
  const since = new Map<string, number>();
  for (; ; await sleep(250)) {
    const rests = await Promise.all(contents.map((content) => look(club, content)));
    const now = Date.now();
    for (const [index, { kind }] of rests.entries()) {
      const key = contents[index]?.videoId ?? '';
      if (kind === 'moving') since.delete(key);
      else if (!since.has(key)) since.set(key, now);
    }
    const isRest = ({ kind }: Rest, index: number) =>
      kind === 'published' || now - (since.get(contents[index]?.videoId ?? '') ?? now) > restsFor;
    if (rests.every(isRest) || enough?.() || now > deadline) return rests;
  }
}

async function look({ client, input, progress }: Club, { videoId, name }: Content): Promise<Rest> {
  try {
    const details = await describeVideo(await client(), videoId);
    const { stage, attention, waiting, ended } = details;
    if (stage === 'COMPLETED') return { kind: 'published', details };
    if (stage === 'CANCELLED' || ended) return { kind: 'ended', details };
    if (attention) return { kind: 'parked', code: attention.code, reason: attention.reason, details };
    if (waiting && Date.parse(waiting.until) - Date.now() > longestSleep) {
      return { kind: 'parked', code: waiting.code, reason: waiting.reason, details };
    }
    return { kind: 'moving', details };
  } catch (error) {
    // A server that was killed answers again soon.
    const isUnknown = error instanceof WorkflowNotFoundError;
    const isOver =
      isUnknown && !existsSync(path.join(input, name)) && !progress.events.includes('before prepared.json');
    return { kind: isOver ? 'absent' : 'moving' };
  }
}

/** What a person does who has ended the trouble. Returns what was refused. */
export async function retryParked(club: Club, rests: readonly Rest[]): Promise<string[]> {
  const refused: string[] = [];
  for (const rest of rests) {
    if (rest.kind !== 'parked') continue;
    try {
      await retryStage(await club.client(), rest.details.videoId);
    } catch (error) {
      // It may have resumed by itself a moment before.
      const now = await describeVideo(await club.client(), rest.details.videoId);
      if (now.attention) refused.push(`retry: ${(error as Error).message}`);
    }
  }
  return refused;
}
