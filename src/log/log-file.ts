import path from 'node:path';
import { createStream, type RotatingFileStream } from 'rotating-file-stream';

export interface LogFileOptions {
  /** Bytes after which the file is rotated to `NAME.1`, and so on; the one being written keeps its name. */
  readonly mostBytes: number;
  /** How many rotated files are kept. */
  readonly keep: number;
  /** Called once when the file cannot be written, on a full disk for example. */
  readonly onTrouble: (error: Error) => void;
}

/** A line-based log file of bounded size. What cannot be written is dropped: a log never ends the program. */
export function openLogFile(file: string, { mostBytes, keep, onTrouble }: LogFileOptions) {
  let stream: RotatingFileStream | undefined;
  let told = false;
  const open = () => {
    const opened = createStream(path.basename(file), { path: path.dirname(file), size: `${mostBytes}B`, rotate: keep });
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
