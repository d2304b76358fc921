import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheFolder } from '../../app/cache-folder.ts';
import type { CurrentSettings } from '../../app/current-settings.ts';
import { startEverything } from '../../app/everything.ts';
import { createLog } from '../../app/log.ts';
import type { Machine } from '../../app/machine.ts';
import { keepFirstStart } from '../../app/studio/first-start-desk.ts';
import { serveStudio } from '../../app/studio/serve-studio.ts';
import { demoFolder } from '../../demo/folder.ts';
import { type DemoReport, type DemoVideo, reportText } from '../../demo/report.ts';
import { describeEnding } from '../../domain/ending.ts';
import { sampleMatch } from '../../sample-match/drawn-once.ts';
import { describeVideo, type VideoDetails } from '../../temporal/client/progress.ts';
import type { VideoResult } from '../../temporal/names.ts';
import { demoSettings } from '../demo-settings.ts';
import { offerChoice } from '../offer-choice.ts';
import { print, say } from '../output.ts';
import { showProgress } from '../progress-line.ts';
import { requireDesigns } from '../require-designs.ts';
import { readSettings } from '../session.ts';
import { startWishes } from '../start-wishes.ts';
import { untilStopped } from '../until-stopped.ts';

interface Options {
  readonly wait: number;
  readonly top?: number;
  readonly template?: string;
  readonly keep?: true;
  readonly json?: true;
}

/** The whole job in one go, with its own server, worker and local YouTube; always a rehearsal. */
export async function demo(files: readonly string[], options: Options): Promise<void> {
  const started = Date.now();
  const { config: club, environment, settings } = readSettings();
  requireDesigns(club, options.template);
  const folder = demoFolder(club.DATA_DIR);
  const recordings = files.length > 0 ? files : [await drawSample(cacheFolder(environment))];
  const own = demoSettings(settings, folder);
  const log = await createLog(own.now(), path.join(folder, 'worker.log'), say);
  await using opened = new AsyncDisposableStack();
  const everything = opened.use(await startEverything({ now: own.now, environment, log, say, alone: true }));
  say(
    `Temporal Web UI: ${everything.target.uiUrl ?? everything.target.connection.address}   Local YouTube: ${everything.parts.rehearsalUrl}`,
  );
  const studio = options.keep && (await openStudio(everything, own));
  if (studio) {
    opened.defer(studio.close);
    say(`Studio: ${studio.url}`);
  }
  const work = Promise.all(recordings.map((file) => carryThrough(everything, file, options)));
  await untilStopped(work, () => undefined);
  const videos = await Promise.race([work, sleep(0, undefined)]);
  if (!videos) {
    process.exitCode = 130;
    return say('Stopped.');
  }
  const report: DemoReport = {
    ok: videos.every(({ result }) => result !== undefined),
    videos,
    seconds: (Date.now() - started) / 1000,
    ...(everything.target.uiUrl !== undefined && { temporalUi: everything.target.uiUrl }),
    folder,
  };
  if (!report.ok) process.exitCode = 1;
  print(options.json, report, () => reportText(report));
  if (studio) {
    say(`Everything stays up until Ctrl-C. Look around in the studio: ${studio.url}`);
    await untilStopped(everything.worker.stopped, () => undefined);
  }
}

function openStudio({ client, videos, parts, startVideo, target }: Machine, settings: CurrentSettings) {
  // Nobody is led into the settings of a demo.
  keepFirstStart(settings.now().DATA_DIR, 'left');
  return serveStudio({ settings, client, videos, store: parts.store, startVideo, target, onNetwork: false, say });
}

async function drawSample(cache: string): Promise<string> {
  const progress = showProgress();
  try {
    const onProgress = (fraction: number) => progress.show({ fraction, note: 'drawing a sample match' });
    return await sampleMatch(cache, { onProgress });
  } finally {
    progress.end();
  }
}

/** Takes one recording to its end: published, or parked for a reason that the demo reports. */
async function carryThrough(
  { client, startVideo }: Machine,
  file: string,
  { wait, ...wishes }: Options,
): Promise<DemoVideo> {
  const recording = path.basename(file);
  const { videoId } = await startVideo(file, {
    ...startWishes(wishes),
    selectionTimeoutSeconds: Math.max(0.001, wait),
    selectionPolicy: 'best',
  });
  let shown = '';
  for (;;) {
    const details = await describeVideo(client, videoId);
    const line = progressOf(details);
    if (line !== shown) say(`${recording}: ${line}`);
    if (details.stage === 'WAITING_FOR_SELECTION' && !shown.startsWith(details.stage)) {
      offerChoice(client, details, wait).catch((error) => say(error.message));
    }
    shown = line;
    if (details.stage === 'NEEDS_ATTENTION') return { recording, videoId, problem: problemOf(details) };
    if (details.stage === 'CANCELLED') return { recording, videoId, problem: problemOf(details) };
    if (details.stage === 'COMPLETED') {
      const result: VideoResult = await client.workflow.getHandle(videoId).result();
      return { recording, videoId, result };
    }
    await sleep(250);
  }
}

function progressOf({ stage, step }: VideoDetails): string {
  return step?.lastError ? `${stage}, attempt ${step.attempt}: ${step.lastError}` : stage;
}

function problemOf({ attention, ended, stage }: VideoDetails): string {
  if (stage === 'CANCELLED') return ended ? describeEnding(ended) : 'It was cancelled.';
  return `${attention?.reason} ${attention?.action}`;
}
