import { type Signal, useSignal } from '@preact/signals';

/** Milliseconds a video must have been on the screen before a press can be meant for it. */
const leastLook = 400;

/** What this person has had on the screen since the video was opened. */
export interface Sight {
  /** When a picture of the video was first painted, in milliseconds of the page's clock. */
  readonly since: number | undefined;
  /** Whether a press at that time (of an event, in milliseconds) can be meant for this video. */
  hasSeenVideoBy(time: number): boolean;
  has(picture: string): boolean;
  hasFailed(picture: string): boolean;
  /** For `load` and `error` of an `img` with that source. */
  onLoad(event: { readonly currentTarget: HTMLImageElement }): void;
  onError(event: { readonly currentTarget: HTMLImageElement }): void;
}

export function useSight(): Sight {
  const since = useSignal<number | undefined>(undefined);
  const seen: Signal<ReadonlySet<string>> = useSignal<ReadonlySet<string>>(new Set());
  const failed: Signal<ReadonlySet<string>> = useSignal<ReadonlySet<string>>(new Set());
  const add = (to: Signal<ReadonlySet<string>>, { currentTarget }: { readonly currentTarget: HTMLImageElement }) => {
    const source = currentTarget.getAttribute('src');
    if (source && !to.peek().has(source)) to.value = new Set([...to.peek(), source]);
  };
  return {
    since: since.value,
    hasSeenVideoBy: (time) => since.peek() !== undefined && time - (since.peek() ?? 0) >= leastLook,
    has: (picture) => seen.value.has(picture),
    hasFailed: (picture) => failed.value.has(picture) && !seen.value.has(picture),
    // Loaded is not yet painted: that is the next frame, which a hidden page does not get.
    onLoad: ({ currentTarget }) => {
      const source = currentTarget.getAttribute('src');
      requestAnimationFrame((painted) => {
        since.value ??= painted;
        // Another one may have been asked for meanwhile, which has not been loaded.
        if (currentTarget.getAttribute('src') === source) add(seen, { currentTarget });
      });
    },
    onError: (event) => add(failed, event),
  };
}
