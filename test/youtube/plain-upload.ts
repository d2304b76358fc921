import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { toVideoResource, type VideoMetadata } from '../../src/youtube/metadata.ts';
import type { SessionStore, UploadSession } from '../../src/youtube/resumable/session.ts';
import type { ResumableUpload } from '../../src/youtube/resumable/upload-options.ts';

export const unit = 262_144;
export const chunkBytes = 4 * unit;
export const token = { authorization: 'Bearer test' };
export const idTag = 'video-0123456789abcdef';

export const metadata: VideoMetadata = {
  title: 'Den/Tu vs Huy/Ha | Cafe Game (2024-12-15)',
  description: '#sunbadminton #badminton\n\nCafe Game & friends',
  tags: [idTag, 'badminton'],
  categoryId: '17',
  privacy: 'unlisted',
  recordingDate: '2024-12-15',
  madeForKids: false,
  syntheticMedia: false,
};

/** A session store in one file, as a workspace would keep it; lists what was saved. */
export function fileStore(folder: string): SessionStore & { saved: UploadSession[] } {
  const file = path.join(folder, 'session.json');
  const saved: UploadSession[] = [];
  return {
    saved,
    load: () => readFile(file, 'utf8').then(JSON.parse, () => undefined),
    async save(session) {
      const temporary = `${file}.${randomBytes(4).toString('hex')}`;
      await writeFile(temporary, JSON.stringify(session));
      await rename(temporary, file);
      saved.push(session);
    },
    clear: () => rm(file, { force: true }),
  };
}

export function plainUpload(url: string, file: string, size: number, store: SessionStore): ResumableUpload {
  return {
    startUrl: `${url}upload/youtube/v3/videos?uploadType=resumable&part=snippet,status,recordingDetails`,
    startHeaders: { 'content-type': 'application/json' },
    startBody: JSON.stringify(toVideoResource(metadata)),
    file,
    size,
    contentType: 'video/quicktime',
    authorize: async () => token,
    store,
    chunkBytes,
    stallTimeoutMs: 5_000,
    retry: { attempts: 4, minDelayMs: 5, maxDelayMs: 20 },
  };
}
