import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Corrections } from '../../../domain/corrections.ts';
import type { Look } from '../../../domain/look.ts';
import { askPicture, pictures, Refusal } from '../api.ts';
import type { Frame } from './session.ts';

/** A thumbnail as it would be published. */
export interface Preview {
  readonly url: string;
  readonly theme: string;
  readonly template: string;
  /** The part of the frame that it shows, as shares of its width and height. */
  readonly crop: NonNullable<Look['crop']>;
  readonly warnings: readonly string[];
}

const mostKept = 48;
const kept = new Map<string, Preview>();
let ahead = new AbortController();

export interface PreviewWish {
  readonly id: string;
  readonly frame: Frame;
  readonly look: Look;
  readonly corrections: Corrections;
  /** As a revision of a published video would draw it; the corrections are then those that were published. */
  readonly isPublished?: true;
}

/** The preview of a wish; the previous one stays until it is ready. */
export function usePreview(wish: PreviewWish | undefined) {
  const shown = useSignal<Preview | undefined>(undefined);
  const problem = useSignal<string | undefined>(undefined);
  const isDrawing = useSignal(false);
  const address = wish && addressOf(wish);
  useEffect(() => {
    if (!address) return;
    const known = kept.get(address);
    if (known) {
      // Refreshed, so that what is on screen is the last to be forgotten.
      kept.delete(address);
      kept.set(address, known);
      shown.value = known;
      problem.value = undefined;
      isDrawing.value = false;
      return;
    }
    const ending = new AbortController();
    // A preview someone is waiting for takes precedence over those drawn ahead.
    ahead.abort();
    ahead = new AbortController();
    isDrawing.value = true;
    draw(address, ending.signal).then(
      (preview) => {
        shown.value = preview;
        problem.value = undefined;
        isDrawing.value = false;
      },
      (error: Error) => {
        if (ending.signal.aborted) return;
        shown.value = undefined;
        problem.value = error.message;
        isDrawing.value = false;
      },
    );
    return () => ending.abort();
  }, [address]);
  return { shown, problem, isDrawing };
}

/** Draws it ahead of its turn. */
export function prepare(wish: PreviewWish): void {
  const address = addressOf(wish);
  if (!kept.has(address)) draw(address, ahead.signal).catch(() => {});
}

/** Milliseconds until a preview is asked for again that the studio had no place for: what others wanted is drawn soon. */
const pausesWhileFull = [300, 600, 1200, 2400];

async function drawnPicture(address: string, signal: AbortSignal): ReturnType<typeof askPicture> {
  for (const pause of pausesWhileFull) {
    try {
      return await askPicture(address, signal);
    } catch (error) {
      if (!(error instanceof Refusal && error.status === 429)) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
      signal.throwIfAborted();
    }
  }
  return askPicture(address, signal);
}

async function draw(address: string, signal: AbortSignal): Promise<Preview> {
  const { url, headers } = await drawnPicture(address, signal);
  const preview: Preview = {
    url,
    theme: headers.get('x-theme') ?? '',
    template: headers.get('x-template') ?? '',
    crop: JSON.parse(headers.get('x-crop') ?? 'null'),
    warnings: JSON.parse(decodeURIComponent(headers.get('x-warnings') ?? '[]')),
  };
  kept.set(address, preview);
  for (const [old, { url: oldUrl }] of kept) {
    if (kept.size <= mostKept) break;
    URL.revokeObjectURL(oldUrl);
    kept.delete(old);
  }
  return preview;
}

function addressOf({ id, frame, look, corrections, isPublished }: PreviewWish): string {
  return pictures.preview(id, {
    ...(frame.kind === 'candidate' ? { frame: frame.candidate.frame } : { at: frame.time.toFixed(3) }),
    look: JSON.stringify(look),
    corrections: JSON.stringify(corrections),
    ...(isPublished && { published: 'true' }),
  });
}
