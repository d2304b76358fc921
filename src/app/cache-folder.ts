import { homedir, platform } from 'node:os';
import path from 'node:path';
import type { Environment } from './config.ts';

/** What can be made again, shared by all data folders of this user: the Temporal server's binary, bundles, samples. */
export function cacheFolder(environment: Environment): string {
  const base =
    environment.XDG_CACHE_HOME ??
    (platform() === 'darwin' ? path.join(homedir(), 'Library', 'Caches') : path.join(homedir(), '.cache'));
  return path.join(base, 'cafe-badminton');
}
