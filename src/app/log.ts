import pino, { type DestinationStream, type Logger } from 'pino';
import { openLogFile } from '../log/log-file.ts';
import { currentTrace } from '../tracing/span.ts';
import type { Config } from './config.ts';
import { logLimits } from './log-limits.ts';

/** Bytes that wait until standard error can be written; the rest is dropped. */
const mostWaiting = 1_000_000;
const forPeople = { ignore: 'pid', translateTime: 'SYS:yyyy-mm-dd HH:MM:ss' };

/**
 * Structured log, to a rotated file or, without a file, to standard error. Lines of a traced step have its ids.
 * @param say tells a person, once, that the file cannot be written
 */
export async function createLog(
  { LOG_LEVEL: level, LOG_FORMAT: format }: Pick<Config, 'LOG_LEVEL' | 'LOG_FORMAT'>,
  file?: string,
  say: (message: string) => void = () => {},
): Promise<Logger> {
  const options = { level, base: { pid: process.pid }, mixin: () => ({ ...traceIds() }) };
  if (file !== undefined) {
    const onTrouble = ({ message }: Error) =>
      say(
        `The log ${file} cannot be written: ${message}. Until it can, its lines are dropped; everything else continues.`,
      );
    const lines = openLogFile(file, { ...logLimits, onTrouble });
    return pino(options, format === 'text' ? await asText(lines) : lines);
  }
  if (format === 'text' || (format === 'auto' && process.stderr.isTTY)) {
    const colorize = process.stderr.isTTY === true;
    const translateTime = colorize ? 'HH:MM:ss' : forPeople.translateTime;
    const target = { target: 'pino-pretty', options: { ...forPeople, destination: 2, colorize, translateTime } };
    return pino({ ...options, transport: target });
  }
  const standardError = pino.destination({ dest: 2, maxLength: mostWaiting });
  // If standard error leads to a full disk, there is nowhere left to report it.
  standardError.on('error', () => undefined);
  return pino(options, standardError);
}

/** Turns each line of JSON into text for people. */
async function asText(lines: DestinationStream): Promise<DestinationStream> {
  const { prettyFactory } = await import('pino-pretty');
  const text = prettyFactory({ ...forPeople, colorize: false });
  return { write: (line) => lines.write(text(line)) };
}

function traceIds() {
  const { traceId, spanId } = currentTrace() ?? {};
  return traceId === undefined ? undefined : { traceId, spanId };
}
