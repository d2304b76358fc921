import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { launchdManager } from './launchd/manager.ts';
import type { ServiceManager } from './manager.ts';
import { commandRunner, type RunCommand } from './run-command.ts';
import { systemdManager } from './systemd/manager.ts';

/** What keeps programs running on this machine; undefined if it is neither systemd nor launchd. */
export async function findServiceManager(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  uid: number = process.getuid?.() ?? -1,
): Promise<ServiceManager | undefined> {
  const home = environment.HOME || os.homedir();
  if (platform === 'darwin') return launchdManager({ home, uid, run: commandRunner(environment) });
  if (platform !== 'linux') return undefined;
  const run = commandRunner(withRuntimeFolder(environment, uid));
  if (!(await isThere(run, 'systemctl'))) return undefined;
  const { XDG_CONFIG_HOME: config } = environment;
  const configFolder = config && path.isAbsolute(config) ? config : path.join(home, '.config');
  return systemdManager({ configFolder, user: os.userInfo().username, run });
}

/** A shell that was not logged in to, of `su` for example, lacks what leads to the user's systemd. */
function withRuntimeFolder(environment: NodeJS.ProcessEnv, uid: number): NodeJS.ProcessEnv {
  const folder = `/run/user/${uid}`;
  return environment.XDG_RUNTIME_DIR || !existsSync(folder) ? environment : { ...environment, XDG_RUNTIME_DIR: folder };
}

const isThere = async (run: RunCommand, command: string) => (await run(command, ['--version'])) !== undefined;
