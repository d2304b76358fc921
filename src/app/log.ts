import pino, { type Logger } from 'pino';
import { openLogFile } from '../log/log-file.ts';
import type { Config } from './config.ts';

const mostBytes = 10_000_000;
const keep = 4;
/** Bytes that wait until standard error can be written; the rest is dropped. */
const mostWaiting = 1_000_000;

/**
 * Structured log: JSON lines to a rotated file or, without a file, to standard error, where a terminal gets readable
 * lines.
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
    // If standard error leads to a full disk, there is nowhere left to report it.
    standardError.on('error', () => undefined);
    return pino({ level, base }, standardError);
  }
  const transport = { target: 'pino-pretty', options: { destination: 2, ignore: 'pid', translateTime: 'HH:MM:ss' } };
  return pino({ level, base, transport });
}
