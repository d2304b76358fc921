import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { startEverything } from '../../app/everything.ts';
import { createLog } from '../../app/log.ts';
import { sendNotices } from '../../app/notices.ts';
import { serveStudio } from '../../app/studio/serve-studio.ts';
import { watchFolder } from '../../intake/watch-folder.ts';
import { probe } from '../../media/index.ts';
import { announceVideos } from '../announcer.ts';
import { say } from '../output.ts';
import { showPairingLink } from '../pairing.ts';
import { requireDesigns } from '../require-designs.ts';
import { readSettings } from '../session.ts';
import { warnWithoutSignIn } from '../sign-in-check.ts';
import { untilStopped } from '../until-stopped.ts';
import { describeOutcome } from './start.ts';

/** Everything a club needs in one terminal: `npm start`. */
export async function up({ host }: { readonly host?: true } = {}): Promise<void> {
  const { config, environment } = readSettings();
  requireDesigns(config);
  mkdirSync(config.INPUT_DIR, { recursive: true });
  const logFile = path.join(config.DATA_DIR, 'logs', 'worker.log');
  const everything = await startEverything({ config, environment, log: createLog(config.LOG_LEVEL, logFile), say });
  const { client, target, parts, worker, startVideo, videos } = everything;
  const folder = watchFolder(config.INPUT_DIR, {
    check: (file) => probe(file, { signal: AbortSignal.timeout(60_000) }),
    take: async (file) => say(describeOutcome(await startVideo(file))),
    say,
  });
  const onNetwork = host === true || config.STUDIO_ON_NETWORK;
  const studio = await serveStudio({
    config,
    client,
    videos,
    store: parts.store,
    startVideo,
    target,
    onNetwork,
    say,
  }).catch(async (error) => {
    await folder.close();
    await everything.stop();
    throw error;
  });
  const lines = [
    `Studio         ${studio.url}   (choose here)`,
    `Recordings     ${config.INPUT_DIR}   (drop them here)`,
    target.uiUrl
      ? `Temporal       ${target.uiUrl}`
      : `Temporal       ${target.connection.address}, namespace ${target.namespace}`,
    parts.rehearsalUrl
      ? `Local YouTube  ${parts.rehearsalUrl}   (REHEARSAL: nothing goes to the real one)`
      : 'YouTube        the real one',
    `Log            ${logFile}`,
    'Ready. Open the studio, or in another terminal: npx badminton pending, npx badminton select ID. Ctrl-C ends it.',
  ];
  say(lines.join('\n'));
  showPairingLink(studio);
  await warnWithoutSignIn(config);
  const notices = sendNotices(config, videos, parts.store, studio.linkUrl, say);
  const announcer = announceVideos(videos, say);
  try {
    await untilStopped(worker.stopped, () => say('\nEnding: videos that wait or run go on at the next start …'));
  } finally {
    await notices.stop();
    announcer.stop();
    await studio.close();
    await folder.close();
    await everything.stop();
  }
}
