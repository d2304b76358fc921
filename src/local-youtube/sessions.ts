import { randomBytes } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Behaviour } from './behaviour.ts';
import { readJson, writeJson } from './json-file.ts';
import type { Library, StoredVideo } from './library.ts';
import type { Metadata } from './metadata-rules.ts';
import { type Shown, toVideoResource, type VideoPart } from './video-resource.ts';

export interface StoredSession {
  readonly id: string;
  /** Fixed from the beginning, so that finishing twice makes one video. */
  readonly videoId: string;
  readonly contentType: string;
  /** Bytes of the whole file; unknown until the first chunk names it, if the start did not. */
  readonly size: number | undefined;
  readonly metadata: Metadata;
  readonly parts: readonly VideoPart[];
  /** Bytes stored from the beginning without a gap. */
  readonly stored: number;
  /** The final answer, repeated whenever asked. */
  readonly answer?: unknown;
}

/** Upload sessions, saved to their files before each answer. */
export interface Sessions {
  start(begin: Pick<StoredSession, 'contentType' | 'size' | 'metadata' | 'parts'>): Promise<StoredSession>;
  get(id: string): StoredSession | undefined;
  /** Records how much is stored, and creates the video once everything is. */
  advance(session: StoredSession, stored: number): Promise<StoredSession>;
  partFile(id: string): string;
  /** A name for what is received outside a session. */
  receivingFile(): string;
}

export async function openSessions(options: {
  folder: string;
  library: Library;
  behaviour: () => Behaviour;
  shown: () => Shown;
}): Promise<Sessions> {
  const { folder, library, behaviour, shown } = options;
  await mkdir(folder, { recursive: true });
  const sessions = new Map<string, StoredSession>();
  const file = (id: string, kind: 'json' | 'part') => path.join(folder, `${id}.${kind}`);

  const save = async (session: StoredSession) => {
    // The bytes that it counts are not flushed either: waiting for the disk at each chunk would guarantee nothing.
    await writeJson(file(session.id, 'json'), session, { flush: false });
    sessions.set(session.id, session);
    return session;
  };

  /** Each step may have been done already by a process that was killed before the next one. */
  const finish = async (session: StoredSession) => {
    const { id, videoId, metadata, contentType, stored } = session;
    await library.takeRecording(videoId, file(id, 'part'));
    const { now, channelId } = shown();
    const { processingMs, listingMs, outcome } = behaviour();
    const video: StoredVideo = library.get(videoId) ?? {
      ...metadata,
      id: videoId,
      channelId,
      sequence: (library.all()[0]?.sequence ?? 0) + 1,
      publishedAt: new Date(now).toISOString(),
      fileSize: stored,
      contentType,
      processedAt: now + processingMs,
      outcome: outcome({ title: metadata.snippet.title, bytes: stored }),
      listedAt: now + listingMs,
    };
    await library.save(video);
    return save({ ...session, answer: toVideoResource(video, session.parts, shown()) });
  };

  for (const name of await readdir(folder)) {
    if (!name.endsWith('.json')) continue;
    const session = await readJson<StoredSession>(path.join(folder, name));
    if (!session) continue;
    sessions.set(session.id, session);
    if (session.stored === session.size && session.answer === undefined) await finish(session);
  }

  return {
    start: (begin) => save({ ...begin, id: randomBytes(32).toString('base64url'), videoId: newVideoId(), stored: 0 }),
    get: (id) => sessions.get(id),
    async advance(session, stored) {
      const advanced = await save({ ...session, stored });
      return stored === session.size ? finish(advanced) : advanced;
    },
    partFile: (id) => file(id, 'part'),
    receivingFile: () => path.join(folder, `${randomBytes(12).toString('hex')}.received`),
  };
}

/** Eleven characters, like YouTube's. */
function newVideoId(): string {
  return randomBytes(9).toString('base64url').slice(0, 11);
}
