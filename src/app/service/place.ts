import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { lastingNode, type ServicePlan, serviceSearchPath, stopSecondsFor } from '../../service/plan.ts';
import { type Config, type Environment, readConfig } from '../config.ts';
import { readDotEnv } from '../environment.ts';
import { keptAt } from '../settings-layers.ts';

/** The folder of this program, in which npm runs `npm start`. */
export const programFolder = path.resolve(fileURLToPath(new URL('../../..', import.meta.url)));

/**
 * The settings of the service: those of `.env` in the program's folder and of `settings.json`, not those of the shell.
 * @throws UsageError if they have mistakes
 */
export function serviceConfig(): Config {
  const places = { folder: programFolder, environment: {}, dotEnv: readDotEnv(programFolder) };
  return readConfig(places.dotEnv, programFolder, keptAt(places));
}

/** Names of the variables of a shell that change how the program works, and that the service does not see. */
export function onlyInShell(shell: Environment): string[] {
  const kept = readDotEnv(programFolder);
  return Object.keys(shell)
    .filter((name) => /^(BADMINTON|TEMPORAL|OTEL)_|^XDG_CACHE_HOME$/.test(name))
    .filter((name) => shell[name] && shell[name] !== kept[name])
    .sort();
}

/** What the service of this program is to do: what `npm start` does. @throws UsageError as `serviceConfig` */
export function servicePlan(searchPath: string): ServicePlan {
  const node = lastingNode(process.execPath, searchPath);
  return {
    node,
    launcher: path.join(programFolder, 'bin', 'badminton.js'),
    folder: programFolder,
    searchPath: serviceSearchPath(searchPath, node),
    stopSeconds: stopSecondsFor(serviceConfig().SHUTDOWN_GRACE),
  };
}
