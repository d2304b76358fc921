import { hc } from 'hono/client';
import { studioSettings } from '../../src/app/studio/serve-studio.ts';
import { type RunningStudio, type StudioOptions, startStudio } from '../../src/studio/index.ts';
import type { StudioApi } from '../../src/studio/server/app.ts';
import { embeddedTarget } from '../../src/temporal/connect.ts';
import { listedVideo } from '../support/listed.ts';
import { type Rig, type RigOptions, startRig, untilStage } from '../support/rig.ts';
import { sampleRecording } from '../support/sample-recording.ts';

export interface StudioRig extends Rig {
  studio: RunningStudio;
  /** The API, as a script uses it. */
  api(): ReturnType<typeof hc<StudioApi>>['api'];
  /** Stops the studio and serves it again on the same port. */
  restartStudio(): Promise<void>;
  /** A recording that waits for a person; its video id. */
  waitingVideo(name?: string): Promise<string>;
}

/** A studio over a real Temporal server, worker and local YouTube. */
export async function startStudioRig({
  studio: wishes = {},
  ...rigOptions
}: RigOptions & { studio?: Partial<StudioOptions> } = {}): Promise<StudioRig> {
  const rig = await startRig(rigOptions);
  const { config, current, client, videos, store, startVideo } = rig;
  const settings = studioSettings({
    settings: current,
    client,
    videos,
    store,
    startVideo,
    target: embeddedTarget(rig.server),
  });
  const serve = (port = 0) =>
    startStudio(settings, {
      port,
      onNetwork: false,
      onError: (error) => console.error(error),
      ...wishes,
    });
  const closeRig = rig.close;
  const studioRig: StudioRig = Object.assign(rig, {
    studio: await serve(),
    api: () => hc<StudioApi>(studioRig.studio.url).api,
    async restartStudio() {
      const port = Number(new URL(studioRig.studio.url).port);
      await studioRig.studio.close();
      studioRig.studio = await serve(port);
    },
    async close() {
      await studioRig.studio.close();
      await closeRig();
    },
    async waitingVideo(name?: string) {
      const file = await sampleRecording(config.INPUT_DIR, name);
      const handle = await rig.start(file);
      await untilStage(handle, 'WAITING_FOR_SELECTION', 60);
      // The page leads from one waiting video to the next by the list.
      await listedVideo(client, handle.workflowId, ({ stage }) => stage === 'WAITING_FOR_SELECTION');
      return handle.workflowId;
    },
  });
  return studioRig;
}
