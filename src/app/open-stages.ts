import type { StageOptions } from '../stages/stage-options.ts';
import { openStore, type Store } from '../workspace/store.ts';
import type { YouTube } from '../youtube/youtube.ts';
import type { Config } from './config.ts';
import { createPublishTarget } from './publish-target/create.ts';
import { type Rehearsal, serveRehearsal } from './publish-target/rehearsal.ts';
import { stageOptions } from './stage-options.ts';

/** What stages need to run in a terminal, without a worker. */
export interface OpenStages extends AsyncDisposable {
  readonly config: Config;
  readonly store: Store;
  readonly stageOptions: StageOptions;
  /**
   * Where videos are published; a local YouTube is served only from the first call on, so that a stage that publishes
   * nothing takes no port.
   * @throws StageError PORT_IN_USE
   */
  youtube(): Promise<YouTube>;
}

export function openStages(config: Config): OpenStages {
  const store = openStore(config.DATA_DIR);
  let rehearsal: Promise<Rehearsal | undefined> | undefined;
  return {
    config,
    store,
    stageOptions: stageOptions(config),
    async youtube() {
      rehearsal ??= serveRehearsal(config);
      return createPublishTarget(() => config, (await rehearsal)?.url);
    },
    async [Symbol.asyncDispose]() {
      store.close();
      const served = await rehearsal?.catch(() => undefined);
      await served?.close();
    },
  };
}
