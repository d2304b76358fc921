import path from 'node:path';

/** Held by the program that runs everything on a data folder. */
export const runningLock = (dataFolder: string) => path.join(dataFolder, 'running.lock');
