import { realpathSync } from 'node:fs';
import path from 'node:path';

/** What a service manager is told: which command it keeps running, and how. */
export interface ServicePlan {
  /** Path of the Node that runs the program. */
  readonly node: string;
  /** Path of the program's launcher. */
  readonly launcher: string;
  /** Folder of the program, in which `npm start` runs. */
  readonly folder: string;
  /** `PATH` of the service. */
  readonly searchPath: string;
  /** How long the service may take to stop before it is killed. */
  readonly stopSeconds: number;
}

/** What `npm start` runs, after Node: the launcher and its command. */
export const startArguments = ({ launcher }: Pick<ServicePlan, 'launcher'>) => [launcher, 'up'];

/** Stopping takes longer than the grace time of running work: the worker says goodbye, then its server stops. */
const slackSeconds = 45;

export const stopSecondsFor = (graceSeconds: number): number => Math.ceil(graceSeconds) + slackSeconds;

/**
 * The path under which a person's shell finds the same Node, if there is one: it survives an update of Node, unlike the
 * file that it leads to (`…/Cellar/node/24.1.0/bin/node`).
 */
export function lastingNode(running: string, searchPath: string): string {
  const found = folders(searchPath).map((folder) => path.join(folder, 'node'));
  return found.find((file) => leadsTo(file) === leadsTo(running)) ?? running;
}

/** A `PATH` for the service: the shell's, without what is there for this shell only, and with the folder of Node. */
export function serviceSearchPath(searchPath: string, node: string): string {
  return [...new Set([...folders(searchPath), path.dirname(node)])].join(path.delimiter);
}

/** What npm and fnm put in front of it: it is there for one command, or until the shell ends. */
const passing = /[\\/](node_modules[\\/]\.bin|node-gyp-bin)$|[\\/]fnm_multishells[\\/]/;

function folders(searchPath: string): string[] {
  return searchPath.split(path.delimiter).filter((folder) => path.isAbsolute(folder) && !passing.test(folder));
}

function leadsTo(file: string): string | undefined {
  try {
    return realpathSync(file);
  } catch {
    return undefined;
  }
}

/** The first path that neither a unit nor a property list can hold; undefined if there is none. */
export function unusablePath({ node, launcher, folder, searchPath }: ServicePlan): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return [node, launcher, folder, searchPath].find((text) => /[\u0000-\u001f\u007f]/.test(text));
}
