import { watch } from 'chokidar';

export interface FileWatch {
  close(): Promise<void>;
  /** Rejects when the files can no longer be watched, or `act` fails. */
  readonly ended: Promise<never>;
}

/** Milliseconds without another change: editors write a file in several steps, which count as one. */
const settledAfter = 80;

/**
 * Calls `act` at once and after each change to the files or the contents of the folders, including ones that do not
 * exist yet; never twice at the same time.
 */
export function watchFiles(paths: readonly string[], act: () => Promise<void>): FileWatch {
  const ended = Promise.withResolvers<never>();
  let acting: Promise<void> = Promise.resolve();
  let settling: NodeJS.Timeout | undefined;
  const actNext = () => {
    acting = acting.then(act);
    acting.catch(ended.reject);
  };
  actNext();
  const watcher = watch([...paths], { ignoreInitial: true });
  watcher.on('error', ended.reject);
  watcher.on('all', () => {
    clearTimeout(settling);
    settling = setTimeout(actNext, settledAfter);
  });
  return {
    ended: ended.promise,
    async close() {
      clearTimeout(settling);
      await watcher.close();
      await acting;
    },
  };
}
