import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { inspect } from 'node:util';
import type { Fault, FaultRequest } from '../../src/local-youtube/fault.ts';
import {
  type LocalYouTube,
  type LocalYouTubeOptions,
  startLocalYouTube,
} from '../../src/local-youtube/local-youtube.ts';
import type { UploadSession } from '../../src/youtube/resumable/session.ts';
import type { ResumableUpload } from '../../src/youtube/resumable/upload-options.ts';
import { type UploadResult, uploadResumable } from '../../src/youtube/resumable/upload-resumable.ts';
import { atEnd, temporaryFolder } from '../support/clean-up.ts';
import { fileStore, plainUpload, token } from './plain-upload.ts';

export * from './plain-upload.ts';
export { atEnd, temporaryFolder };

export async function randomFile(folder: string, size: number, name = 'match.mov'): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, randomBytes(size));
  return file;
}

/** Faults in the order of the session's requests; a request without one passes. */
export function inOrder(...faults: (Fault | undefined)[]): (request: FaultRequest) => Fault | undefined {
  return (request) => (request.method === 'PUT' ? faults.shift() : undefined);
}

export interface Setting {
  readonly folder: string;
  readonly file: string;
  readonly content: Buffer;
  readonly store: ReturnType<typeof fileStore>;
  readonly server: LocalYouTube;
  /** Method and Content-Range of every request, e.g. `PUT bytes 0-9/10`. */
  readonly requests: string[];
  upload(changes?: Partial<ResumableUpload>): Promise<UploadResult>;
  /** The stored bytes of the only video. */
  onlyVideo(): Promise<{ id: string; bytes: Buffer }>;
}

export async function setUp(
  t: TestContext,
  options: Partial<LocalYouTubeOptions> & { size: number },
): Promise<Setting> {
  const { size, ...youtubeOptions } = options;
  const folder = await temporaryFolder(t);
  const file = await randomFile(folder, size);
  const requests: string[] = [];
  const server = await startLocalYouTube({
    ...youtubeOptions,
    folder: path.join(folder, 'youtube'),
    faults: (request) => {
      requests.push(`${request.method} ${request.contentRange ?? request.path}`);
      return options.faults?.(request);
    },
  });
  atEnd(t, () => server.close());
  const store = fileStore(folder);
  return {
    folder,
    file,
    store,
    server,
    requests,
    content: await readFile(file),
    upload: (changes) => uploadResumable({ ...plainUpload(server.url, file, size, store), ...changes }),
    async onlyVideo() {
      const found = await listVideos(server.url);
      assert.equal(found.length, 1, 'exactly one video');
      const id = found[0] as string;
      return { id, bytes: Buffer.from(await (await fetch(`${server.url}media/${id}`)).arrayBuffer()) };
    },
  };
}

export async function listVideos(url: string): Promise<string[]> {
  const page = await fetch(
    `${url}youtube/v3/playlistItems?part=contentDetails&maxResults=50&playlistId=UUlocal-rehearsal-000000`,
    { headers: token },
  );
  const { items } = (await page.json()) as { items: { contentDetails: { videoId: string } }[] };
  return items.map((item) => item.contentDetails.videoId);
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Fails when the error, its causes or its fields hold the session's address or its id. */
export function assertKeepsSecret(error: unknown, session: UploadSession | undefined): void {
  assert.ok(session, 'there was a session');
  const id = new URL(session.url).searchParams.get('upload_id') ?? session.url;
  const shown = [
    inspect(error, { depth: 12, showHidden: true }),
    String((error as Error).stack),
    JSON.stringify(error),
  ];
  for (const text of shown) assert.ok(!text.includes(id), 'the session address is in the error');
}
