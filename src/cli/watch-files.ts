import { watch } from 'chokidar';

export interface FileWatch {
  close(): Promise<void>;
  /** Rejects when the files cannot be watched any more. */
  readonly ended: Promise<never>;
}

/** Editors write a file in several steps: so many milliseconds without another one count as one change. */
const settledAfter = 80;

/**
 * Calls `act` at once and after each change of the files or of what lies in the folders, also of those that are not
 * there yet; never twice at a time.
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
