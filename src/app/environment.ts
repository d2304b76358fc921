import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import type { Environment } from './config.ts';

/** The process environment over the `.env` file of the folder, where there is one. */
export function readEnvironment(folder: string): Environment {
  return { ...readDotEnv(path.join(folder, '.env')), ...process.env };
}

function readDotEnv(file: string): Environment {
  try {
    return parseEnv(readFileSync(file, 'utf8'));
  } catch (error) {
    // A folder of that name is somebody's Python environment.
    if (['ENOENT', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return {};
    throw error;
  }
}
