import type { Attention } from './next-step.ts';
import type { Stage } from './stages.ts';

/** Where a video stands, as far as people are told of it. */
export interface Standing {
  /** Of the run with which the video began. */
  readonly firstRunId: string;
  readonly stage: Stage;
  /** ISO 8601: when the stage began. */
  readonly since: string;
  readonly attention?: Pick<Attention, 'code' | 'failingSince'> | undefined;
}

/** What people are told of once: that a video came to where it stands; or a cause that holds up several videos. */
export function newsKey({ firstRunId, stage, since, attention }: Standing): string {
  const cause = stage === 'NEEDS_ATTENTION' ? attention : undefined;
  return cause?.failingSince === undefined ? `${firstRunId} ${stage} ${since}` : `${cause.code} ${cause.failingSince}`;
}
