import path from 'node:path';
import { StageError } from '../domain/errors.ts';
import { completenessOf } from '../media/index.ts';
import { fingerprintFile } from '../workspace/fingerprint.ts';
import { type FileEntry, fileEntry, fileState, isOnlyTouched } from './file-state.ts';

/** Milliseconds. */
export interface ArrivalTimes {
  /** How long a file must stay unchanged to count as copied. */
  readonly quietFor: number;
  /** The same for a file that was seen to change and whose bytes cannot show whether it is complete. */
  readonly quietWhenUnsure: number;
  /**
   * After this long without a change, a finished file that is not a complete video is picked up anyway, so that a
   * person learns about it.
   */
  readonly giveUpAfter: number;
  /** After this long without a change, a message says that an unfinished file is still unfinished. */
  readonly sayAfter: number;
  /** How long to wait before retrying a recording that could not be started, as when the server was away. */
  readonly tryAgainAfter: number;
}

/** What to do with a file. */
export interface ArrivalActions {
  /** Rejects while the recording is not complete. */
  readonly check: (file: string) => Promise<unknown>;
  /** @param isBack it was picked up from here before, and may have been away meanwhile */
  readonly take: (file: string, isBack: boolean) => Promise<void>;
  readonly say: (message: string) => void;
}

export type ArrivalOptions = ArrivalTimes & ArrivalActions;

/**
 * - `settling`: the file changed a moment ago, or may still change
 * - `checking`, `taking`: in progress
 * - `unfinished`: a part is missing or empty; never picked up as it is
 * - `refused`: nothing is missing, but it is not a complete video; picked up after `giveUpAfter`
 * - `failed`: it could not be started; retried
 * - `taken`
 */
type Phase = 'settling' | 'checking' | 'unfinished' | 'refused' | 'failed' | 'taking' | 'taken';

const partMissing = 'A part of it is missing or empty.';

/**
 * One file in the watched folder, from when it is first seen until it is picked up, and then for as long as it stays
 * there.
 */
export class Arrival {
  private readonly file: string;
  private readonly options: ArrivalOptions;
  private state: string;
  /** When this state was first seen. */
  private since: number;
  private phase: Phase = 'settling';
  private phaseSince: number;
  private hasChanged = false;
  private bytesAreMissing = false;
  private waitIsSaid = false;
  private stillIsSaid = false;
  /** What was picked up from this path: its fingerprint, and what it was then. */
  private taken: { readonly content: string; readonly entry: FileEntry } | undefined;

  constructor(file: string, state: string, now: number, options: ArrivalOptions) {
    this.file = file;
    this.state = state;
    this.since = now;
    this.phaseSince = now;
    this.options = options;
  }

  /** Looks at the file again and starts whatever is due. `state` is what `fileState` returned. */
  look(state: string, now: number): void {
    if (state !== this.state) {
      this.changed(state, now);
      return;
    }
    const { quietFor, giveUpAfter, sayAfter, tryAgainAfter } = this.options;
    const still = now - this.since;
    const inPhase = now - this.phaseSince;
    if (this.phase === 'settling' && still >= quietFor) void this.consider(still);
    else if (this.phase === 'refused' && still >= giveUpAfter) void this.take();
    else if (this.phase === 'failed' && inPhase >= tryAgainAfter) void this.take();
    else if (this.phase === 'unfinished') {
      if (still >= sayAfter) this.sayStill(still);
      // Some copies are filled in without a change of size or time.
      if (this.bytesAreMissing && inPhase >= quietFor) void this.consider(still);
    }
  }

  /** Starts nothing more; the outcome of any step in progress is ignored. */
  abandon(): void {
    this.state = '';
  }

  private changed(state: string, now: number): void {
    this.state = state;
    this.since = now;
    this.hasChanged = true;
    this.stillIsSaid = false;
    this.enter('settling', now);
  }

  private enter(phase: Phase, now = performance.now()): void {
    this.phase = phase;
    this.phaseSince = now;
  }

  /** Runs a step whose result counts only if the file is the same before and after it. */
  private async onlyIfSame<T>(step: () => Promise<T>): Promise<T | 'changed'> {
    const { state } = this;
    const result = await step();
    return this.state === state && (await fileState(this.file).catch(() => undefined)) === state ? result : 'changed';
  }

  private async consider(still: number): Promise<void> {
    this.enter('checking');
    const { state } = this;
    const verdict = await this.onlyIfSame(() => this.judge(still));
    if (this.state !== state) return;
    // The next look will see what changed.
    if (verdict === 'changed') return this.enter('settling');
    if (verdict === 'whole') return this.take();
    this.enter(verdict.phase);
    this.bytesAreMissing = verdict.reason === partMissing;
    if (verdict.phase === 'settling' || this.waitIsSaid) return;
    this.waitIsSaid = true;
    this.options.say(`${path.basename(this.file)} is not whole yet (${verdict.reason}) Waiting for it.`);
  }

  private async judge(still: number): Promise<'whole' | { readonly phase: Phase; readonly reason: string }> {
    const completeness = await completenessOf(this.file).catch(() => 'unknown' as const);
    if (completeness === 'unfinished') return { phase: 'unfinished', reason: partMissing };
    if (completeness === 'unknown' && this.hasChanged && still < this.options.quietWhenUnsure) {
      return { phase: 'settling', reason: 'It may still grow.' };
    }
    try {
      await this.options.check(this.file);
      return 'whole';
    } catch (error) {
      const mayGrow = completeness === 'unknown' && error instanceof StageError && error.code === 'DAMAGED_VIDEO';
      return { phase: mayGrow ? 'unfinished' : 'refused', reason: (error as Error).message };
    }
  }

  private async take(): Promise<void> {
    this.enter('taking');
    const { state } = this;
    try {
      const found = await this.onlyIfSame(async () => ({
        content: await fingerprintFile(this.file),
        entry: await fileEntry(this.file),
      }));
      if (this.state !== state) return;
      if (found === 'changed') return this.enter('settling');
      const before = this.taken?.content === found.content ? this.taken : undefined;
      if (!before || !isOnlyTouched(before.entry, found.entry))
        await this.options.take(this.file, before !== undefined);
      this.taken = found;
      if (this.state === state) this.enter('taken');
    } catch (error) {
      if (this.state !== state) return;
      this.enter('failed');
      const problem = (error as Error).message;
      this.options.say(`${path.basename(this.file)} could not be started (${problem}); it will be tried again soon.`);
    }
  }

  private sayStill(still: number): void {
    if (this.stillIsSaid) return;
    this.stillIsSaid = true;
    const name = path.basename(this.file);
    this.options.say(
      `${name} is still not whole, and has not changed for ${inWords(still)}. If it is no longer being copied, copy it again.`,
    );
  }
}

function inWords(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} minutes`;
}
