import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readJson, writeJson } from './json-file.ts';
import type { Metadata } from './metadata-rules.ts';
import type { ProcessingOutcome } from './processing.ts';

export interface StoredVideo extends Metadata {
  readonly id: string;
  /** Absent: the channel of the rehearsal. */
  readonly channelId?: string | undefined;
  /** Incremented with every upload: the order of the channel. */
  readonly sequence: number;
  /** ISO 8601. */
  readonly publishedAt: string;
  /** Bytes. */
  readonly fileSize: number;
  readonly contentType: string;
  /** Milliseconds since the epoch: when the outcome of processing becomes available. */
  readonly processedAt: number;
  readonly outcome?: ProcessingOutcome | undefined;
  /** Milliseconds since the epoch: when the list of uploads begins to show it. */
  readonly listedAt?: number | undefined;
  readonly thumbnail?: { readonly contentType: string; readonly version: number } | undefined;
}

/** The videos of the channel: one folder each, with `video.json`, `recording` and optionally `thumbnail`. */
export interface Library {
  /** Newest first. */
  all(): readonly StoredVideo[];
  get(id: string): StoredVideo | undefined;
  save(video: StoredVideo): Promise<void>;
  /** Deletes the video and everything of it. */
  remove(id: string): Promise<void>;
  /** Takes over the uploaded file; idempotent. */
  takeRecording(id: string, uploaded: string): Promise<void>;
  saveThumbnail(id: string, picture: Uint8Array): Promise<void>;
  recordingFile(id: string): string;
  thumbnailFile(id: string): string;
}

export async function openLibrary(folder: string): Promise<Library> {
  await mkdir(folder, { recursive: true });
  const videos = new Map<string, StoredVideo>();
  for (const name of await readdir(folder)) {
    const video = await readJson<StoredVideo>(path.join(folder, name, 'video.json'));
    if (video) videos.set(video.id, video);
  }
  const inside = (id: string, file: string) => path.join(folder, id, file);

  return {
    all: () => [...videos.values()].sort((a, b) => b.sequence - a.sequence),
    get: (id) => videos.get(id),
    async save(video) {
      await mkdir(path.join(folder, video.id), { recursive: true });
      await writeJson(inside(video.id, 'video.json'), video);
      videos.set(video.id, video);
    },
    async remove(id) {
      videos.delete(id);
      await rm(path.join(folder, id), { recursive: true, force: true });
    },
    async takeRecording(id, uploaded) {
      await mkdir(path.join(folder, id), { recursive: true });
      const taken = await stat(inside(id, 'recording')).catch(() => undefined);
      if (!taken) await rename(uploaded, inside(id, 'recording'));
    },
    async saveThumbnail(id, picture) {
      await writeFile(`${inside(id, 'thumbnail')}.tmp`, picture);
      await rename(`${inside(id, 'thumbnail')}.tmp`, inside(id, 'thumbnail'));
    },
    recordingFile: (id) => inside(id, 'recording'),
    thumbnailFile: (id) => inside(id, 'thumbnail'),
  };
}
