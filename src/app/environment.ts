import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import type { Environment } from './config.ts';

/** The process environment on top of the folder's `.env` file, if there is one. */
export function readEnvironment(folder: string): Environment {
  return { ...readDotEnv(folder), ...process.env };
}

/** The folder's `.env` file; empty if there is none. */
export function readDotEnv(folder: string): Environment {
  try {
    return parseEnv(readFileSync(path.join(folder, '.env'), 'utf8'));
  } catch (error) {
    // A folder of that name is a Python environment.
    if (['ENOENT', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return {};
    throw error;
  }
}
