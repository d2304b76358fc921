import pino, { type Logger } from 'pino';
import { openLogFile } from '../log/log-file.ts';
import type { Config } from './config.ts';

const mostBytes = 10_000_000;
const keep = 4;
/** Bytes for standard error that wait until it can be written; more are dropped. */
const mostWaiting = 1_000_000;

/**
 * Structured log: JSON lines to a file that is rotated or, for a terminal, one readable line each on standard error.
 * @param say tells a person, once, that the file cannot be written
 */
export function createLog(
  level: Config['LOG_LEVEL'],
  file?: string,
  say: (message: string) => void = () => {},
): Logger {
  const base = { pid: process.pid };
  if (file !== undefined) {
    const onTrouble = ({ message }: Error) =>
      say(
        `The log ${file} cannot be written: ${message}. Until it can, its lines are dropped; everything else continues.`,
      );
    return pino({ level, base }, openLogFile(file, { mostBytes, keep, onTrouble }));
  }
  if (!process.stderr.isTTY) {
    const standardError = pino.destination({ dest: 2, maxLength: mostWaiting });
    // When it leads to a full disk, there is no place left to say it.
    standardError.on('error', () => undefined);
    return pino({ level, base }, standardError);
  }
  const transport = { target: 'pino-pretty', options: { destination: 2, ignore: 'pid', translateTime: 'HH:MM:ss' } };
  return pino({ level, base, transport });
}
