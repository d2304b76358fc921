import path from 'node:path';
import { cacheFolder } from '../src/app/cache-folder.ts';

/** Lets processes that are started keep what Node has compiled, where those of the launcher (`bin`) keep it. */
export function keepCompiled(): void {
  process.env.NODE_COMPILE_CACHE ||= path.join(cacheFolder(process.env), 'compiled');
}
