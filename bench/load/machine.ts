// Child process of load.ts: a machine as `npm start` makes it, with the real worker, watch of the videos and studio, and
// activities that answer at once. Prints one line of JSON once it is ready; ends when its standard input does.
import { once } from 'node:events';
import pino from 'pino';
import { cacheFolder } from '../../src/app/cache-folder.ts';
import { followSettings } from '../../src/app/current-settings.ts';
import { thisHost } from '../../src/app/host.ts';
import { settingPlaces } from '../../src/app/settings-layers.ts';
import { serveStudio } from '../../src/app/studio/serve-studio.ts';
import { videoStarter } from '../../src/app/video-starter.ts';
import { videoSettings, workerSettings } from '../../src/app/worker-settings.ts';
import { workflowBundle } from '../../src/temporal/bundle.ts';
import { watchVideos } from '../../src/temporal/client/watch/index.ts';
import { connect, findTarget } from '../../src/temporal/connect.ts';
import { installRuntime, startWorker } from '../../src/temporal/worker.ts';
import { openStore } from '../../src/workspace/store.ts';
import { cannedActivities } from './canned-activities.ts';

const say = (message: string) => process.stderr.write(`${message}\n`);
const settings = followSettings(settingPlaces(process.cwd()));
const config = settings.now();
const host = thisHost(config.DATA_DIR);
const target = await findTarget(process.env, config.DATA_DIR);
if (!target) throw new Error('no server');
installRuntime(
  pino({ level: 'error', serializers: { error: (e) => String(e?.stack ?? e?.message ?? e) } }, pino.destination(2)),
);
await using opened = new AsyncDisposableStack();
const store = openStore(config.DATA_DIR);
opened.defer(() => store.close());
const client = await connect(target);
opened.defer(() => client.connection.close());
const videos = watchVideos(client, { failed: (error) => say(String(error)) });
opened.defer(videos.close);
// As the notices do: they follow all running videos.
videos.subscribe({ scope: 'running', changed: () => undefined, trouble: () => undefined });
const activities = cannedActivities(host, videoSettings(config));
const bundle = await workflowBundle(cacheFolder(process.env));
const worker = await startWorker(target, workerSettings(config, host), activities, bundle);
opened.defer(worker.stop);
const startVideo = videoStarter(() => config, client, store);
const studio = await serveStudio({
  settings,
  client,
  videos,
  store,
  startVideo,
  target,
  onNetwork: false,
  say,
});
opened.defer(studio.close);
process.stdout.write(`${JSON.stringify({ studio: studio.url })}\n`);
process.on('SIGINT', () => undefined);
process.stdin.resume();
await once(process.stdin, 'end');
