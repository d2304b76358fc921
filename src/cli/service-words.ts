import type { ServiceStanding } from '../app/service/standing.ts';
import { serviceProblem } from '../app/service/standing.ts';
import { UsageError } from '../app/usage-error.ts';
import { showMoment } from '../domain/local-time.ts';
import { findServiceManager } from '../service/index.ts';
import type { ServiceManager } from '../service/manager.ts';
import { describeVersion } from '../temporal/versions/program-version.ts';

const noManager =
  'Neither systemd nor launchd is here: have `npm start` kept running by what starts programs on this machine';

/** Whether the program runs as a service, in one line. */
export function describeService(standing: ServiceStanding): string {
  const { manager, installed, state } = standing;
  if (!manager) return noManager;
  if (!installed || !state) return 'not installed (npx badminton service install keeps the program running)';
  const process = state.pid === undefined ? '' : `, process ${state.pid}`;
  const hasEnded = state.activity === 'failed' || state.activity === 'restarting';
  const end = hasEnded && state.lastEnd ? `, last ${state.lastEnd}` : '';
  return `${manager.name} ${state.activity}${process}${end}${whichProgram(standing)}`;
}

function whichProgram({ state, running, isOfThisFolder }: ServiceStanding): string {
  if (running) return `, version ${describeVersion(running.version)}, since ${showMoment(running.startedAt)}`;
  if (state?.pid === undefined || !isOfThisFolder) return '';
  return ', still starting: its version is not known yet';
}

/** The same as data. */
export function serviceData(standing: ServiceStanding) {
  const { manager, installed, isOfThisFolder, state, running, isCurrent } = standing;
  return {
    manager: manager?.kind ?? null,
    name: manager?.name ?? null,
    installed: installed ? { file: installed.file, folder: installed.folder ?? null, isOfThisFolder } : null,
    ...state,
    ...(running && { version: running.version, startedAt: running.startedAt, isCurrent }),
    problem: serviceProblem(standing) ?? null,
  };
}

/** The service manager of this machine. @throws UsageError if there is none */
export async function requireManager(): Promise<ServiceManager> {
  const manager = await findServiceManager();
  if (!manager) throw new UsageError(`${noManager}.`);
  return manager;
}
