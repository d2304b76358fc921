import { fstatSync, ftruncateSync } from 'node:fs';
import path from 'node:path';
import { openLogFile } from '../../log/log-file.ts';
import { logLimits } from '../log-limits.ts';

export const serviceLogFile = (dataFolder: string) => path.join(dataFolder, 'logs', 'service.log');

/**
 * Where a service writes what `npm start` shows in a terminal: to its log, each line with its time; where the journal
 * of systemd reads standard error, to that too.
 * @returns writes a text of one or more lines
 */
export function openServiceLog(dataFolder: string, environment: NodeJS.ProcessEnv = process.env) {
  const onTrouble = ({ message }: Error) =>
    process.stderr.write(`The log of the service cannot be written: ${message}\n`);
  const file = openLogFile(serviceLogFile(dataFolder), { ...logLimits, onTrouble });
  return (text: string): void => {
    // Swedes write a time of day as `2026-11-27 18:00:00`.
    const now = new Date().toLocaleString('sv');
    file.write(text.replace(/^(?=.)/gm, `[${now}] `));
    if (environment.JOURNAL_STREAM) process.stderr.write(text);
  };
}

const mostBytes = 1_000_000;

/** launchd appends standard error to a file for ever: empties it where it has become large. */
export function emptyLargeOutput(descriptor = 2): void {
  const status = fstatSync(descriptor);
  if (status.isFile() && status.size > mostBytes) ftruncateSync(descriptor);
}
