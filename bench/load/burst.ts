import type { Client } from '@temporalio/client';
import { queryStatus, selectThumbnail } from '../../src/temporal/client/control.ts';
import { RefusedError, UnknownOutcomeError } from '../../src/temporal/client/errors.ts';

type Answer = 'taken' | 'refused' | 'not known';

export interface BurstResult {
  readonly answers: Readonly<Record<Answer, number>>;
  /** How many of the videos say that they have the choice. */
  readonly taken: number;
  /** Answers that the video contradicts. */
  readonly untrue: number;
  /** Seconds until the last answer. */
  readonly seconds: number;
  /** What was said to those who were refused, or got no answer. */
  readonly sentences: readonly string[];
}

const askedAtOnce = 10;

/** Chooses a frame of all videos within the same second; afterwards each video is asked what it has. */
export async function burst(client: Client, videoIds: readonly string[]): Promise<BurstResult> {
  const frameOf = (index: number) => `frame-${String((index % 10) + 1).padStart(2, '0')}.jpg`;
  const sentences = new Set<string>();
  const began = performance.now();
  const outcomes = await Promise.all(
    videoIds.map(async (videoId, index): Promise<Answer> => {
      try {
        await selectThumbnail(client, videoId, { frame: frameOf(index) });
        return 'taken';
      } catch (error) {
        if (!(error instanceof RefusedError || error instanceof UnknownOutcomeError)) throw error;
        sentences.add(error.message.replaceAll(videoId, 'ID'));
        return error instanceof RefusedError ? 'refused' : 'not known';
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  const answers = { taken: 0, refused: 0, 'not known': 0 };
  let taken = 0;
  let untrue = 0;
  const waiting = [...videoIds.entries()];
  const next = async () => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      const [index, videoId] = one;
      const { choice } = await patiently(() => queryStatus(client, videoId));
      const has = JSON.stringify(choice) === JSON.stringify({ frame: frameOf(index) });
      const answer = outcomes[index] as Answer;
      answers[answer] += 1;
      if (has) taken += 1;
      if ((answer === 'taken' && !has) || (answer === 'refused' && has)) untrue += 1;
    }
  };
  await Promise.all(Array.from({ length: askedAtOnce }, next));
  return { answers, taken, untrue, seconds, sentences: [...sentences] };
}

/** The machine may still be busy with the burst. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      if (tries === 20) throw error;
    }
  }
}
