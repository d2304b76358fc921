import { existsSync, realpathSync } from 'node:fs';
import { findServiceManager } from '../../service/index.ts';
import type { Installed, ServiceManager, ServiceState } from '../../service/manager.ts';
import type { Config } from '../config.ts';
import { UsageError } from '../usage-error.ts';
import { programFolder, serviceConfig } from './place.ts';
import { programHash } from './program-hash.ts';
import { type RunningRecord, readRunning } from './running-record.ts';

/** What is known about this program as a service. */
export interface ServiceStanding {
  /** Undefined where neither systemd nor launchd is. */
  readonly manager?: ServiceManager | undefined;
  /** Undefined if nothing is installed; then neither is the rest. */
  readonly installed?: Installed | undefined;
  readonly isOfThisFolder?: boolean;
  readonly state?: ServiceState;
  /** Undefined if it does not run, or is still starting. */
  readonly running?: RunningRecord | undefined;
  /** Whether it runs the program that is in the folder now. */
  readonly isCurrent?: boolean;
  /** Its settings, as they are now; undefined if they have mistakes. */
  readonly config?: Config | undefined;
}

/** @throws ServiceError if the service manager cannot be asked */
export async function serviceStanding(): Promise<ServiceStanding> {
  const manager = await findServiceManager();
  const installed = manager?.installed();
  if (!manager || !installed) return { manager };
  const isOfThisFolder = isSameFolder(installed.folder, programFolder);
  const state = await manager.state();
  if (!isOfThisFolder) return { manager, installed, isOfThisFolder, state };
  const config = configWithoutMistakes();
  const running = config && state.pid !== undefined ? readRunning(config.DATA_DIR, state.pid) : undefined;
  const known = running && { running, isCurrent: running.program === programHash() };
  return { manager, installed, isOfThisFolder, state, config, ...known };
}

/** A service whose settings have mistakes can still be looked at, stopped and uninstalled. */
function configWithoutMistakes(): Config | undefined {
  try {
    return serviceConfig();
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

export interface ServiceProblem {
  readonly detail: string;
  readonly action: string;
}

/** What a person has to do for an installed service to do its work. */
export function serviceProblem({
  manager,
  installed,
  isOfThisFolder,
  ...standing
}: ServiceStanding): ServiceProblem | undefined {
  if (!manager || !installed) return undefined;
  const again = 'npx badminton service install';
  if (!isOfThisFolder) {
    const detail = `it is that of another folder: ${installed.folder ?? `not known, see ${installed.file}`}`;
    return { detail, action: `To have it run the program of this folder instead: ${again} --force` };
  }
  if (installed.node && !existsSync(installed.node)) {
    return { detail: `its Node is no longer there: ${installed.node}`, action: `Let it use the present one: ${again}` };
  }
  const { config } = standing;
  if (!config) {
    const detail = 'its settings have mistakes; it does not start with them';
    return { detail, action: `In ${programFolder}, see what they are: npx badminton doctor` };
  }
  if (!(installed.stopSeconds > config.SHUTDOWN_GRACE)) {
    const detail = `it may take ${installed.stopSeconds} s to stop, which is shorter than BADMINTON_SHUTDOWN_GRACE`;
    return { detail, action: `Let it take longer: ${again}` };
  }
  if (standing.isCurrent === false) {
    const detail = 'the program in its folder is another one than it runs';
    return { detail, action: 'Let it run the new one: npx badminton service restart' };
  }
  const { activity } = standing.state ?? {};
  if (activity === 'failed' || activity === 'restarting') {
    const detail = activity === 'failed' ? 'it has failed and is not started again' : 'it ended and is started again';
    return { detail, action: `See: npx badminton service logs, and: ${manager.ownOutput}` };
  }
  return undefined;
}

function isSameFolder(one: string | undefined, other: string): boolean {
  return one !== undefined && existsSync(one) && realpathSync(one) === realpathSync(other);
}
