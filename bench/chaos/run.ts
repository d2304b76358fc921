import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '../../src/local-youtube/random.ts';
import { openStore } from '../../src/workspace/store.ts';
import { freePort } from '../../test/support/program.ts';
import { type Child, startChild } from './child.ts';
import { type ChaosRecording, loseRecords, makeRecording } from './recordings.ts';
import { verify } from './verify.ts';

export interface ChaosOptions {
  readonly publishes: number;
  readonly seed: number;
  /** Empty, and removed by the caller. */
  readonly folder: string;
  readonly say: (line: string) => void;
  /** Seconds after which it counts as failed; half an hour by default. */
  readonly patience?: number;
}

export interface ChaosReport {
  readonly publishes: number;
  readonly seconds: number;
  readonly killedUploaders: number;
  readonly killedYouTubes: number;
  /** Recordings whose upload session and publish record were deleted in the middle of their publish. */
  readonly lostRecords: number;
  /** Requests that were made to fail. */
  readonly faults: number;
  readonly sessions: number;
  /** Empty: every recording is published once, as requested, and is whole. */
  readonly problems: readonly string[];
}

const uploaders = 2;

/** Runs the publishes and kills at random until everything is published; then checks the channel and the disk. */
export async function runChaos({ publishes, seed, folder, say, patience = 1800 }: ChaosOptions): Promise<ChaosReport> {
  const random = seededRandom(seed);
  const between = (least: number, most: number) => least + random() * (most - least);
  const dataFolder = path.join(folder, 'data');
  const youtubeFolder = path.join(folder, 'youtube');
  const store = openStore(dataFolder);
  const recordings: ChaosRecording[] = [];
  for (let number = 0; number < publishes; number++) recordings.push(await makeRecording(folder, number, store));

  const port = await freePort();
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  const killed = { uploaders: 0, youtubes: 0 };
  let lostRecords = 0;
  let isOver = false;
  const published = () => store.ledger.all().length;

  const keepYouTube = async () => {
    while (!isOver) {
      const youtube = startChild('youtube.ts', [youtubeFolder, String(port), String(Math.floor(random() * 1e9))]);
      await youtube.up;
      await lives(youtube, between(3, 8));
      if (!isOver) killed.youtubes += 1;
      await youtube.kill();
    }
  };
  const keepUploading = async (worker: number) => {
    // Two workers start at opposite ends, and meet at the same recordings.
    const files = recordings.map(({ file }) => file);
    const order = worker % 2 === 0 ? files : files.toReversed();
    while (!isOver) {
      const left = order.filter((file) => !isPublished(file));
      if (left.length === 0) return;
      const uploader = startChild('uploader.ts', [dataFolder, `http://127.0.0.1:${port}/`, ...left.slice(0, 40)]);
      await uploader.up;
      const code = await lives(uploader, between(0.3, 3));
      if (code === undefined) {
        killed.uploaders += 1;
        await uploader.kill();
        if (random() < 0.5) lostRecords += await loseOne();
      } else if (code !== 0) throw new Error(`An uploading process ended with exit code ${code}`);
    }
  };
  /** The first of the recordings in progress. */
  const loseOne = async (): Promise<number> => {
    for (const recording of recordings) {
      if (!isPublished(recording.file) && (await loseRecords(recording, store))) return 1;
    }
    return 0;
  };
  /** The exit code; undefined if it is still alive after this many seconds. */
  const lives = async ({ ended }: Child, forSeconds: number): Promise<number | null | undefined> => {
    const stop = new AbortController();
    const time = sleep(forSeconds * 1000, undefined, { signal: stop.signal, ref: false }).catch(() => undefined);
    const over = (async () => {
      while (!isOver && !stop.signal.aborted) await sleep(50);
      return undefined;
    })();
    try {
      return await Promise.race([ended, time, over]);
    } finally {
      stop.abort();
    }
  };
  const isPublished = (file: string) => {
    const recording = recordings.find((one) => one.file === file);
    return store.ledger.all().some(({ fingerprint }) => recording?.videoId === `video-${fingerprint.slice(0, 16)}`);
  };
  const watch = async () => {
    for (let told = 0; !isOver; await sleep(100)) {
      if (published() - told >= 20) {
        told = published();
        say(
          `${told} of ${publishes} published, ${killed.uploaders} uploaders and ${killed.youtubes} YouTubes killed, ${seconds().toFixed(0)} s`,
        );
      }
      if (seconds() > patience) isOver = true;
    }
  };

  const youtube = keepYouTube();
  const watching = watch();
  try {
    await Promise.all(Array.from({ length: uploaders }, (_, worker) => keepUploading(worker)));
  } finally {
    isOver = true;
    await Promise.all([youtube, watching]);
  }
  const took = seconds();
  const found = await verify({ recordings, youtubeFolder, store });
  store.close();
  return {
    publishes,
    seconds: Math.round(took * 10) / 10,
    killedUploaders: killed.uploaders,
    killedYouTubes: killed.youtubes,
    lostRecords,
    ...found,
  };
}
