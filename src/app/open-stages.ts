import type { StageOptions } from '../stages/stage-options.ts';
import { openStore, type Store } from '../workspace/store.ts';
import type { YouTube } from '../youtube/youtube.ts';
import type { Config } from './config.ts';
import { openPublishTargets } from './publish-target/targets.ts';
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
  const targets = openPublishTargets(() => config);
  return {
    config,
    store,
    stageOptions: stageOptions(config),
    youtube: () => targets.of(config.PUBLISH_TARGET),
    async [Symbol.asyncDispose]() {
      store.close();
      await targets.close();
    },
  };
}
