import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { tryLock } from '../workspace/process-lock.ts';

const kept = 3;

/**
 * A fresh data folder for one demo, so that it neither touches nor leaves traces in the club's own data. The newest few
 * are kept for inspection; older ones are removed unless their demo is still running.
 */
export function demoFolder(dataFolder: string): string {
  const root = path.join(dataFolder, 'demo');
  mkdirSync(root, { recursive: true });
  const earlier = readdirSync(root).sort().reverse();
  for (const name of earlier.slice(kept - 1)) removeUnlessRunning(path.join(root, name));
  const stamp = new Date().toISOString().slice(0, 19).replace(/[:T]/g, '-');
  const folder = path.join(root, `${stamp}-${process.pid}`);
  mkdirSync(folder);
  return folder;
}

function removeUnlessRunning(folder: string): void {
  const release = tryLock(path.join(folder, 'running.lock'));
  if (!release) return;
  release();
  rmSync(folder, { recursive: true, force: true });
}
