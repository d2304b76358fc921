import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { startEverything } from '../../app/everything.ts';
import { createLog } from '../../app/log.ts';
import { sendNotices } from '../../app/notices.ts';
import { rehearsedAs } from '../../app/rehearsed/rehearsed-videos.ts';
import { recordRunning } from '../../app/service/running-record.ts';
import { emptyLargeOutput, openServiceLog } from '../../app/service/service-log.ts';
import { serveStudio } from '../../app/studio/serve-studio.ts';
import { type PickUpOutcome, pickUp, rememberCancellations } from '../../intake/pick-up.ts';
import { requireWhole } from '../../intake/require-whole.ts';
import { watchFolder } from '../../intake/watch-folder.ts';
import { recognizeService, runsAsService } from '../../service/this-process.ts';
import { announceVideos } from '../announcer.ts';
import { say, sayTo } from '../output.ts';
import { showPairingLink } from '../pairing.ts';
import { requireDesigns } from '../require-designs.ts';
import { readSettings } from '../session.ts';
import { warnWithoutSignIn } from '../sign-in-check.ts';
import { untilStopped } from '../until-stopped.ts';
import { describeOutcome } from './start.ts';

/** Everything a club needs in one terminal: `npm start`. */
export async function up({ host }: { readonly host?: true } = {}): Promise<void> {
  const startedAt = new Date();
  recognizeService();
  const service = runsAsService();
  if (service) emptyLargeOutput();
  const { config, environment, settings } = readSettings();
  if (service) sayTo(openServiceLog(config.DATA_DIR));
  requireDesigns(config);
  mkdirSync(config.INPUT_DIR, { recursive: true });
  const logFile = path.join(config.DATA_DIR, 'logs', 'worker.log');
  await using opened = new AsyncDisposableStack();
  const log = await createLog(config, logFile, say);
  const everything = opened.use(await startEverything({ now: settings.now, environment, log, say }));
  const { client, target, parts, worker, startVideo, videos } = everything;
  if (service) opened.defer(recordRunning(config.DATA_DIR, startedAt));
  const { pickUps } = parts.store;
  const pickUpParts = { client, startVideo, pickUps, rehearsedAs: rehearsedAs(parts.store, settings.now) };
  const folder = watchFolder(config.INPUT_DIR, {
    check: requireWhole,
    async take(file, isBack) {
      const outcome = await pickUp(pickUpParts, file, isBack);
      if (outcome.kind !== 'known' && outcome.kind !== 'rehearsed') say(describePickUp(file, outcome));
    },
    say,
  });
  opened.defer(folder.close);
  opened.defer(rememberCancellations(videos, parts.store.pickUps).end);
  const onNetwork = host === true || config.STUDIO_ON_NETWORK;
  const { store } = parts;
  const studio = await serveStudio({
    settings,
    client,
    videos,
    store,
    startVideo,
    target,
    onNetwork,
    say,
    isLogged: service !== undefined,
  });
  opened.defer(studio.close);
  const lines = [
    `Studio         ${studio.url}   (choose here)`,
    `Recordings     ${config.INPUT_DIR}   (drop them here)`,
    target.uiUrl
      ? `Temporal       ${target.uiUrl}`
      : `Temporal       ${target.connection.address}, namespace ${target.namespace}`,
    config.PUBLISH_TARGET === 'local'
      ? `Local YouTube  ${parts.rehearsalUrl}   (REHEARSAL: nothing goes to the real one)`
      : 'YouTube        the real one',
    `Log            ${logFile}`,
    'Ready. Open the studio, or in another terminal run npx badminton pending, npx badminton select ID. ' +
      (service ? 'To stop: npx badminton service stop' : 'Press Ctrl-C to stop.'),
  ];
  say(lines.join('\n'));
  // A link that pairs a device has no place in a log.
  if (!service) showPairingLink(studio);
  else if (onNetwork) say('To pair a phone: npx badminton studio --host');
  await warnWithoutSignIn(config);
  opened.defer(announceVideos(videos, say).stop);
  opened.defer(sendNotices(settings.now, videos, store, async () => studio.linkUrl(), say).stop);
  await untilStopped(worker.stopped, () =>
    say('\nStopping: videos that are waiting or running resume at the next start …'),
  );
}

function describePickUp(file: string, outcome: Exclude<PickUpOutcome, { kind: 'known' | 'rehearsed' }>): string {
  if (outcome.kind !== 'left') return describeOutcome(outcome);
  return `${outcome.videoId}  was cancelled and is left alone: ${path.basename(file)}. To start it again: npx badminton start "${file}"`;
}
