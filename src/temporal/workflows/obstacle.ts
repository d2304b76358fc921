import type { ExplainedFailure } from './explain-failure.ts';

/** The workflow itself cannot continue, though no activity has failed: it parks, or sleeps until a known moment. */
export class Obstacle extends Error {
  override readonly name = 'Obstacle';
  readonly explained: Omit<ExplainedFailure, 'stage'>;

  constructor(explained: Omit<ExplainedFailure, 'stage'>) {
    super(explained.reason);
    this.explained = explained;
  }
}
