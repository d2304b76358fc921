import { askPicture, pictures, type Refusal } from '../api.ts';

/** Pixels: smaller than a still, so that more of them come. */
const width = 640;
/** Milliseconds after which to ask again when the studio has too much to do. */
const pause = 300;
const tooMany = 429;

interface Wishes {
  readonly id: string;
  /** Seconds. */
  readonly from: number;
  readonly until: number;
  readonly signal: AbortSignal;
  /** Gets each picture with its time in seconds. The receiver frees it. */
  readonly show: (url: string, time: number) => void;
}

/**
 * Plays a recording as pictures of the studio, at the speed of the match: each picture is that of the time at which it
 * is asked for, so that slow decoding leaves pictures out rather than falling behind. Ends at `until`.
 * @throws Refusal
 */
export async function showInTime({ id, from, until, signal, show }: Wishes): Promise<void> {
  const began = performance.now();
  for (let last = -1; !signal.aborted; ) {
    const now = Math.min(until, from + (performance.now() - began) / 1000);
    try {
      const { url, headers } = await askPicture(pictures.frame(id, Number(now.toFixed(3)), width, 'exact'), signal);
      const time = Number(headers.get('x-time') ?? now);
      if (signal.aborted || time === last) URL.revokeObjectURL(url);
      else show(url, time);
      // The next frame may not be due yet.
      if (time === last) await new Promise(requestAnimationFrame);
      last = time;
    } catch (error) {
      if (signal.aborted) return;
      if ((error as Refusal).status !== tooMany) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    if (now === until) return;
  }
}
