import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Store } from '../workspace/store.ts';
import type { YouTube } from '../youtube/youtube.ts';

/** This machine, as queues and people call it. */
export interface Host {
  /** Random, kept in the data folder: machines are renamed. */
  readonly id: string;
  readonly name: string;
}

/** What the activities work with; put together once, at the composition root. */
export interface Parts {
  readonly config: Config;
  readonly store: Store;
  readonly youtube: YouTube;
  readonly host: Host;
  readonly log: Logger;
}
