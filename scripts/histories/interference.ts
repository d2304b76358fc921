import { ApplicationFailure, Context } from '@temporalio/activity';
import type { Activities } from '../../src/temporal/activity-types.ts';

type Call = { readonly name: keyof Activities; readonly args: readonly unknown[] };

/** What becomes of matching calls of an activity instead of their work. */
export interface Interference {
  readonly activity: keyof Activities;
  /** Which calls of that activity; all if absent. */
  readonly when?: ((args: readonly unknown[]) => boolean) | undefined;
  /**
   * `hang`: it works until it is cancelled, its worker stops or it is let go; otherwise it fails with this code, and with
   * `notBefore` (milliseconds from now) it need not be tried earlier.
   */
  readonly how: 'hang' | { readonly code: string; readonly notBefore?: number };
}

/** A gate around the real activities: recordings need failures and interruptions at any stage. */
export class Gate {
  private interference: Interference | undefined;
  private entered = Promise.withResolvers<void>();
  private released = Promise.withResolvers<void>();

  set(interference: Interference | undefined): void {
    this.interference = interference;
    this.entered = Promise.withResolvers();
    this.released.resolve();
    this.released = Promise.withResolvers();
  }

  /** Resolves once a matching call hangs. */
  hanging(): Promise<void> {
    return this.entered.promise;
  }

  readonly around = (activities: Activities): Activities =>
    Object.fromEntries(
      Object.entries(activities).map(([name, work]) => [
        name,
        async (...args: unknown[]) => {
          await this.pass({ name: name as keyof Activities, args });
          return (work as (...args: unknown[]) => unknown)(...args);
        },
      ]),
    ) as unknown as Activities;

  private async pass({ name, args }: Call): Promise<void> {
    const { interference } = this;
    if (interference?.activity !== name || interference.when?.(args) === false) return;
    const { how } = interference;
    if (how !== 'hang') {
      const { code, notBefore } = how;
      const details = [{ action: 'Retry.', ...(notBefore !== undefined && { notBefore: Date.now() + notBefore }) }];
      throw ApplicationFailure.create({ message: 'Recorded.', type: code, nonRetryable: true, details });
    }
    this.entered.resolve();
    await this.untilLetGo();
  }

  private async untilLetGo(): Promise<void> {
    const context = Context.current();
    const beat = setInterval(() => context.heartbeat({ note: 'hanging' }), 300);
    try {
      await Promise.race([this.released.promise, context.cancelled]);
    } catch (error) {
      if ((error as Error).message !== 'WORKER_SHUTDOWN') throw error;
      throw ApplicationFailure.retryable('The worker was stopped; the next one resumes this.', 'WORKER_STOPPED');
    } finally {
      clearInterval(beat);
    }
  }
}
