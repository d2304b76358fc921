import type { Logger } from 'pino';
import type { StageOptions } from '../stages/stage-options.ts';
import type { PublishTarget } from '../workspace/ledger.ts';
import type { Store } from '../workspace/store.ts';
import type { YouTube } from '../youtube/youtube.ts';
import type { VideoSettings } from './activity-types.ts';

/** This machine, as queues and people know it. */
export interface Host {
  /** Random, kept in the data folder, because machines are renamed. */
  readonly id: string;
  readonly name: string;
}

/** What the activities work with; assembled once, at the composition root. */
export interface WorkerParts {
  readonly store: Store;
  /** @throws StageError PORT_IN_USE: the local one cannot be served */
  readonly youtube: (target: PublishTarget) => Promise<YouTube>;
  readonly host: Host;
  readonly log: Logger;
  /**
   * Asked anew for each attempt, because settings change while the worker runs.
   * @param target by default, the one that is set
   */
  readonly stageOptions: (target?: PublishTarget) => StageOptions;
  /** Seconds without a sign of work after which an attempt is stopped; asked anew for each attempt. */
  readonly stallTimeoutSeconds?: () => number;
  /** The settings of a video that is accepted now and was started without any of its own. */
  readonly videoSettings: () => VideoSettings;
  /** Where this machine's studio answers other machines at the moment, as `ADDRESS:PORT`. */
  readonly studioAddresses?: () => readonly string[];
}
