/** Milliseconds over which a speed is taken. */
const window = 15_000;
/** Bytes of a piece: small on a slow network, so that it arrives within seconds; large on a fast one. */
const smallest = 256 * 1024;
const usual = 1024 * 1024;
const largest = 16 * 1024 ** 2;
/** Seconds that a piece should take. */
const pieceSeconds = 4;

/** How fast a file arrives: from acknowledged bytes only, because a browser counts what still waits in its buffers. */
export interface Pace {
  /** @param offset bytes acknowledged so far @param now in milliseconds */
  arrived(offset: number, now: number): void;
  /** Bytes a second; undefined until it is known. */
  readonly speed: number | undefined;
  /** Bytes that the next piece should have. */
  readonly pieceBytes: number;
}

export function openPace(): Pace {
  let known: { readonly offset: number; readonly at: number }[] = [];
  const speed = () => {
    const [first, last] = [known[0], known.at(-1)];
    if (!first || !last || last.at <= first.at) return undefined;
    return ((last.offset - first.offset) / (last.at - first.at)) * 1000;
  };
  return {
    arrived(offset, at) {
      known = [...known.filter((each) => at - each.at <= window), { offset, at }];
    },
    get speed() {
      return speed();
    },
    get pieceBytes() {
      const wanted = (speed() ?? usual / pieceSeconds) * pieceSeconds;
      return Math.round(Math.min(largest, Math.max(smallest, wanted)));
    },
  };
}
