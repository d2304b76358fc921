import { createLog } from '../../app/log.ts';
import { startMachine } from '../../app/machine.ts';
import { sendNotices } from '../../app/notices.ts';
import { findStudio } from '../../app/studio/studio-record.ts';
import { noServer } from '../../temporal/client/errors.ts';
import { findTarget } from '../../temporal/connect.ts';
import { announceTrouble } from '../announcer.ts';
import { say } from '../output.ts';
import { requireDesigns } from '../require-designs.ts';
import { readSettings } from '../session.ts';
import { warnWithoutSignIn } from '../sign-in-check.ts';
import { untilStopped } from '../until-stopped.ts';

/** Does this machine's work, connected to a Temporal server that is already running. */
export async function worker(): Promise<void> {
  const { config, environment, settings } = readSettings();
  requireDesigns(config);
  const target = await findTarget(environment, config.DATA_DIR);
  if (!target) throw noServer();
  const log = await createLog(config);
  await using opened = new AsyncDisposableStack();
  const machine = opened.use(await startMachine({ now: settings.now, environment, log }, async () => target));
  const { host } = machine.parts;
  say(`Working for ${target.connection.address} as ${host.name} (${host.id}). Press Ctrl-C to stop.`);
  opened.defer(announceTrouble(machine.videos, say).stop);
  await warnWithoutSignIn(config);
  // Another program serves the studio, and may start later than this one.
  const studioUrl = async () => (await findStudio(config.DATA_DIR)) ?? `http://localhost:${config.STUDIO_PORT}/`;
  opened.defer(sendNotices(settings.now, machine.videos, machine.parts.store, studioUrl, say).stop);
  await untilStopped(machine.worker.stopped, () => say('Stopping: running work is finished or handed over …'));
}
