import { residentBytes } from './memory.ts';

export interface ChildWatch {
  /** The child gave a sign of life. */
  sign(): void;
  /** The parent is busy with a message: silence is not the child's fault until `release`. */
  hold(): void;
  release(): void;
  /** Raises the memory limit to this many bytes. */
  allow(bytes: number): void;
  stop(): void;
}

/**
 * Watches a child's silence and memory and calls `onTrouble` at most once, with words that complete "The … process …".
 * Silence is counted in ticks, not by the clock: a parent that was itself stopped or asleep would blame the child.
 */
export function watchChild(
  pid: number | undefined,
  limits: { stallTimeoutMs: number; memoryLimitBytes: number },
  onTrouble: (what: string) => void,
): ChildWatch {
  const tick = Math.min(500, Math.max(20, limits.stallTimeoutMs / 8));
  let silence = 0;
  let held = 0;
  let { memoryLimitBytes } = limits;

  const timer = setInterval(async () => {
    if (held === 0) silence += tick;
    if (silence > limits.stallTimeoutMs) {
      return trouble(`hung: it showed no sign of life for ${limits.stallTimeoutMs / 1000} s and was ended`);
    }
    const used = pid === undefined ? undefined : await residentBytes(pid);
    if (used !== undefined && used > memoryLimitBytes) {
      const megabytes = (bytes: number) => Math.round(bytes / 1024 ** 2);
      trouble(`used ${megabytes(used)} MB of memory, more than its ${megabytes(memoryLimitBytes)} MB, and was ended`);
    }
  }, tick);

  function trouble(what: string): void {
    clearInterval(timer);
    onTrouble(what);
  }

  return {
    sign: () => {
      silence = 0;
    },
    hold: () => {
      held += 1;
    },
    release: () => {
      held -= 1;
      silence = 0;
    },
    allow: (bytes) => {
      memoryLimitBytes = Math.max(memoryLimitBytes, bytes);
    },
    stop: () => clearInterval(timer),
  };
}
