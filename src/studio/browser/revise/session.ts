import { signal } from '@preact/signals';
import type { Revision } from '../../../domain/revision.ts';
import type { RevisionReport } from '../../../domain/revision-report.ts';
import type { RevisionState } from '../../../temporal/client/revise.ts';
import { api, ask, inWords } from '../api.ts';
import { words } from './words.ts';

/** What is asked of the workflow. */
export interface Order {
  readonly revision?: Revision;
  readonly putBack?: true;
  readonly force?: true;
}

/** A change that is looked at before it is made. */
export interface Plan {
  readonly order: Order;
  readonly report: RevisionReport;
}

export type Running = Extract<RevisionState, { outcome: 'running' }>;

/** Milliseconds between two looks at a change that is being made, and at one that waits for hours. */
const lookEvery = 700;
const lookEveryWhileWaiting = 10_000;

/** The change of one published video, from the first look at the channel on. */
export class RevisionSession {
  /** What the channel shows. */
  readonly shown = signal<RevisionReport | undefined>(undefined);
  readonly wish = signal<Revision>({});
  readonly plan = signal<Plan | undefined>(undefined);
  readonly running = signal<Running | undefined>(undefined);
  readonly isBusy = signal(false);
  readonly problem = signal('');
  readonly outcome = signal('');
  private isLeft = false;
  private readonly onChanged: () => void;
  private readonly param: { readonly id: string };
  private readonly route = api.videos[':id'].revision;

  /** @param onChanged the video has been changed, perhaps */
  constructor(id: string, onChanged: () => void) {
    this.onChanged = onChanged;
    this.param = { id };
  }

  /** Nobody looks any more; what is being made is made all the same. */
  leave(): void {
    this.isLeft = true;
  }

  /** Asks the channel; a change that is being made already is followed. */
  async open(): Promise<void> {
    await this.doing(async () => {
      const latest = await ask(this.route.$get({ param: this.param }));
      if (latest.outcome === 'running') return this.follow(latest);
      this.shown.value = await this.look({});
    });
  }

  async review(order: Order): Promise<void> {
    this.outcome.value = '';
    await this.doing(async () => {
      this.plan.value = { order, report: await this.look(order) };
    });
  }

  async carryOut(order: Order): Promise<void> {
    await this.doing(async () => {
      const state = await ask(this.route.$post({ param: this.param, json: order }));
      this.plan.value = undefined;
      await this.follow(state);
    });
  }

  retry(): Promise<void> {
    return this.doing(async () => void (await ask(this.route.retry.$post({ param: this.param, json: {} }))));
  }

  stop(): Promise<void> {
    return this.doing(async () => {
      await ask(this.route.stop.$post({ param: this.param, json: {} }));
      this.outcome.value = words.stopped;
    });
  }

  private look(order: Order): Promise<RevisionReport> {
    return ask(this.route.look.$post({ param: this.param, json: order }));
  }

  /** Until it has ended, also in a page that was closed and opened again. */
  private async follow(state: RevisionState): Promise<void> {
    let now = state;
    while (now.outcome === 'running') {
      this.running.value = now;
      this.isBusy.value = false;
      const pause = now.waiting ? lookEveryWhileWaiting : lookEvery;
      await new Promise((resolve) => setTimeout(resolve, pause));
      if (this.isLeft) return;
      now = await ask(this.route.$get({ param: this.param }));
    }
    this.running.value = undefined;
    this.onChanged();
    if (now.outcome === 'failed') {
      if (!this.outcome.value) throw new Error(now.problem);
    } else if (now.outcome !== 'none' && now.outcome !== 'looked') {
      this.outcome.value = [words.done[now.outcome], ...now.warnings].join(' ');
      if (now.outcome === 'revised' || now.outcome === 'unchanged') this.wish.value = {};
    }
    this.shown.value = await this.look({});
  }

  private async doing(work: () => Promise<void>): Promise<void> {
    this.isBusy.value = true;
    this.problem.value = '';
    try {
      await work();
    } catch (error) {
      this.problem.value = inWords(error);
      this.running.value = undefined;
    } finally {
      this.isBusy.value = false;
    }
  }
}
