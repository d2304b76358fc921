import { mkdirSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { watch } from 'chokidar';
import { isRecordingName, recordingsIn } from './recordings.ts';

export interface FolderWatch {
  close(): Promise<void>;
}

export interface WatchOptions {
  /** How long a file must not have changed to count as copied, milliseconds. */
  readonly quietFor?: number;
  /** After so long without a change, what is no whole video is taken up all the same, so that a person hears of it. */
  readonly giveUpAfter?: number;
  /** When a recording that could not be started (the server was away) is tried again. */
  readonly tryAgainAfter?: number;
  /** Rejects while the recording is not whole. */
  readonly check: (file: string) => Promise<unknown>;
  readonly take: (file: string) => Promise<void>;
  readonly say: (message: string) => void;
}

/** Takes up each recording of a folder, those that are there and those that come, once its copying has ended. */
export function watchFolder(folder: string, options: WatchOptions): FolderWatch {
  const { quietFor = 2000, giveUpAfter = 60_000, tryAgainAfter = 15_000, check, take, say } = options;
  mkdirSync(folder, { recursive: true });
  const waiting = new Map<string, NodeJS.Timeout>();
  /** The newest event of each file: a check that an older one began decides nothing any more. */
  const newest = new Map<string, symbol>();

  /** Size and time of each file as it was taken up: a late event about the same content says nothing new. */
  const takenAs = new Map<string, string>();

  const forget = (file: string) => {
    clearTimeout(waiting.get(file));
    waiting.delete(file);
    newest.delete(file);
  };
  const consider = async (file: string) => {
    if (!isRecordingName(file)) return;
    forget(file);
    const event = Symbol(file);
    newest.set(file, event);
    if (takenAs.has(file) && takenAs.get(file) === (await sizeAndTime(file))) return;
    const problem = await check(file).then(
      () => undefined,
      (error: Error) => error.message,
    );
    if (newest.get(file) !== event) return;
    if (problem === undefined) return takeUp(file);
    say(`${path.basename(file)} is not whole yet (${problem}) Waiting for it.`);
    waiting.set(file, setTimeout(takeUp, giveUpAfter, file));
  };
  const takeUp = async (file: string) => {
    const event = newest.get(file);
    try {
      const as = await sizeAndTime(file);
      await take(file);
      if (as !== undefined) takenAs.set(file, as);
    } catch (error) {
      if (newest.get(file) !== event) return;
      say(`${path.basename(file)} could not be started (${(error as Error).message}); it will be tried again soon.`);
      waiting.set(file, setTimeout(takeUp, tryAgainAfter, file));
    }
  };

  const watcher = watch(folder, {
    depth: 0,
    ignored: (file) => path.basename(file).startsWith('.') && file !== folder,
    awaitWriteFinish: { stabilityThreshold: quietFor, pollInterval: Math.min(200, quietFor) },
  });
  const complain = (error: unknown) => {
    if (!watcher.closed) say(`The folder ${folder} cannot be watched: ${(error as Error).message}`);
  };
  /** The watcher lists the folder first and listens then: what comes in between it would never see. */
  const addMissed = async () => {
    const present = await recordingsIn(folder);
    // Adding would open a closed watcher again.
    if (watcher.closed) return;
    const seen = new Set(watcher.getWatched()[path.resolve(folder)]);
    watcher.add(present.filter((file) => !seen.has(path.basename(file))));
  };
  watcher.on('add', consider);
  watcher.on('change', consider);
  watcher.on('unlink', forget);
  watcher.on('ready', () => addMissed().catch(complain));
  watcher.on('error', complain);

  return {
    async close() {
      for (const file of [...newest.keys()]) forget(file);
      await watcher.close();
    },
  };
}

async function sizeAndTime(file: string): Promise<string | undefined> {
  const found = await stat(file).catch(() => undefined);
  return found && `${found.size}/${found.mtimeMs}`;
}
