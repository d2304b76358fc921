import { usageOf } from './usage.ts';

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

export interface ChildLimits {
  /** Milliseconds of silence. */
  readonly stallTimeoutMs: number;
  readonly memoryLimitBytes: number;
  /** Seconds of processor time that it may spend between two signs of life; without it, any. */
  readonly stepSeconds?: number | undefined;
}

/** Share of the time for which a child was silent: with less processor time it was waiting, not working. */
const idleShare = 0.05;

/**
 * Watches a child's silence, work and memory and calls `onTrouble` at most once, with words that complete "The … process …".
 * Silence is counted in ticks, not by the clock: a parent that was itself stopped or asleep would blame the child. Work is
 * counted as processor time, which is the same on a busy machine.
 */
export function watchChild(
  pid: number | undefined,
  limits: ChildLimits,
  onTrouble: (what: string) => void,
): ChildWatch {
  const tick = Math.min(500, Math.max(20, limits.stallTimeoutMs / 8));
  let silence = 0;
  let held = 0;
  let { memoryLimitBytes } = limits;
  const { stallTimeoutMs, stepSeconds = Number.POSITIVE_INFINITY } = limits;
  /** Processor seconds at the first look after the last sign of life. */
  let workBefore: number | undefined;
  let worked = 0;

  const timer = setInterval(async () => {
    if (held === 0) silence += tick;
    if (silence > stallTimeoutMs) return trouble(hung());
    const used = pid === undefined ? undefined : await usageOf(pid);
    if (!used) return;
    if (held > 0) workBefore = undefined;
    else workBefore ??= used.processorSeconds;
    worked = used.processorSeconds - (workBefore ?? used.processorSeconds);
    if (worked > stepSeconds) {
      trouble(`got no further in ${Math.round(worked)} s of processor time and was ended`);
    } else if (used.bytes > memoryLimitBytes) {
      const megabytes = (bytes: number) => Math.round(bytes / 1024 ** 2);
      trouble(
        `used ${megabytes(used.bytes)} MB of memory, more than its ${megabytes(memoryLimitBytes)} MB, and was ended`,
      );
    }
  }, tick);
  // The child itself keeps this process waiting for as long as it works.
  timer.unref();

  function hung(): string {
    const seconds = stallTimeoutMs / 1000;
    const isIdle = worked < seconds * idleShare;
    const waited = isIdle ? ', nor did it use the processor, as when a disk or network folder does not answer,' : '';
    return `hung: it showed no sign of life for ${seconds} s${waited} and was ended`;
  }

  function trouble(what: string): void {
    clearInterval(timer);
    onTrouble(what);
  }

  return {
    sign: () => {
      silence = 0;
      workBefore = undefined;
    },
    hold: () => {
      held += 1;
    },
    release: () => {
      held -= 1;
      silence = 0;
      workBefore = undefined;
    },
    allow: (bytes) => {
      memoryLimitBytes = Math.max(memoryLimitBytes, bytes);
    },
    stop: () => clearInterval(timer),
  };
}
