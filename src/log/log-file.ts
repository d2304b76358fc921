import { renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { createStream, type RotatingFileStream } from 'rotating-file-stream';

export interface LogFileOptions {
  /** Bytes after which the file is rotated to `NAME.1`, and so on; the one being written keeps its name. */
  readonly mostBytes: number;
  /** Whole days after which the file is rotated, too; never for its age if undefined. */
  readonly mostDays?: number;
  /** How many rotated files are kept. */
  readonly keep: number;
  /** Called once when the file cannot be written, on a full disk for example. */
  readonly onTrouble: (error: Error) => void;
}

/** A line-based log file of bounded size and age. What cannot be written is dropped: a log never ends the program. */
export function openLogFile(file: string, { mostBytes, mostDays, keep, onTrouble }: LogFileOptions) {
  let stream: RotatingFileStream | undefined;
  let told = false;
  const open = () => {
    if (mostDays !== undefined) rotateOld(file, mostDays, keep);
    const opened = createStream(path.basename(file), {
      path: path.dirname(file),
      size: `${mostBytes}B`,
      ...(mostDays !== undefined && { interval: `${mostDays}d` }),
      rotate: keep,
    });
    // An error ends a stream and drops the lines waiting in it; the next line tries a new one.
    return opened.on('error', (error) => {
      if (stream === opened) stream = undefined;
      if (!told) onTrouble(error);
      told = true;
    });
  };
  return {
    write(line: string): void {
      stream ??= open();
      stream.write(line);
    },
    /** Resolves when what was written is in the file, or cannot be. */
    async close(): Promise<void> {
      const last = stream;
      stream = undefined;
      if (!last) return;
      const closed = Promise.withResolvers<void>();
      last.once('close', closed.resolve);
      last.end();
      await closed.promise;
    },
  };
}

/**
 * The stream counts the days from when it was opened, so that a program which is started anew each day would never
 * rotate its file. Where the file system does not keep when a file was made, the days count from its last line.
 */
function rotateOld(file: string, mostDays: number, keep: number): void {
  try {
    const { birthtimeMs, mtimeMs } = statSync(file);
    const since = birthtimeMs > 0 && birthtimeMs < mtimeMs ? birthtimeMs : mtimeMs;
    if (Date.now() - since < mostDays * 86_400_000) return;
  } catch {
    return;
  }
  for (let number = keep; number >= 1; number -= 1) {
    try {
      renameSync(number === 1 ? file : `${file}.${number - 1}`, `${file}.${number}`);
    } catch {
      // There are not yet as many, or the folder cannot be written; then the stream says so.
    }
  }
}
