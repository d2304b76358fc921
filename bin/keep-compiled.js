// Plain JavaScript for any Node.
import module from 'node:module';
import { homedir, platform } from 'node:os';
import path from 'node:path';

/**
 * Keeps what Node compiles of the program and its libraries in the program's cache folder (src/app/cache-folder.ts, which is
 * TypeScript and so would have to be compiled first), for this process and those that it starts: they start twice as fast.
 * Node's own choice, a folder in the one for temporary files, could be filled by other users of the machine.
 */
export function keepCompiled() {
  process.env.NODE_COMPILE_CACHE ||= path.join(caches(), 'cafe-badminton', 'compiled');
  module.enableCompileCache(process.env.NODE_COMPILE_CACHE);
}

function caches() {
  const { XDG_CACHE_HOME = '' } = process.env;
  if (path.isAbsolute(XDG_CACHE_HOME)) return XDG_CACHE_HOME;
  return platform() === 'darwin' ? path.join(homedir(), 'Library', 'Caches') : path.join(homedir(), '.cache');
}
