import pino, { type Logger } from 'pino';
import type { Config } from './config.ts';

/** Structured log: JSON lines to a file or, for a terminal, one readable line each on standard error. */
export function createLog(level: Config['LOG_LEVEL'], file?: string): Logger {
  const base = { pid: process.pid };
  if (file !== undefined) return pino({ level, base }, pino.destination({ dest: file, mkdir: true, append: true }));
  if (!process.stderr.isTTY) return pino({ level, base }, pino.destination(2));
  const transport = { target: 'pino-pretty', options: { destination: 2, ignore: 'pid', translateTime: 'HH:MM:ss' } };
  return pino({ level, base, transport });
}
