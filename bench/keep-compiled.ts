import path from 'node:path';

/** Lets processes that are started keep what Node has compiled, where those of the launcher (`bin`) keep it. */
export function keepCompiled(): void {
  process.env.NODE_COMPILE_CACHE ??= path.resolve(import.meta.dirname, '../node_modules/.cache/compiled');
}
