import { homedir, platform } from 'node:os';
import path from 'node:path';
import type { Environment } from './config.ts';

/**
 * For what can be recreated, shared by all data folders of this user: the Temporal server's binary, bundles, samples.
 */
export function cacheFolder(environment: Environment): string {
  return path.join(configured(environment.XDG_CACHE_HOME) ?? usual(), 'cafe-badminton');
}

/**
 * XDG Base Directory Specification, "Environment variables": an empty value counts as unset, a relative one is ignored.
 */
const configured = (folder = '') => (path.isAbsolute(folder) ? folder : undefined);

const usual = () =>
  platform() === 'darwin' ? path.join(homedir(), 'Library', 'Caches') : path.join(homedir(), '.cache');
