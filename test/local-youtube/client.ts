import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { TestContext } from 'node:test';
import { youtube, type youtube_v3 } from '@googleapis/youtube';
import {
  type LocalYouTube,
  type LocalYouTubeOptions,
  startLocalYouTube,
} from '../../src/local-youtube/local-youtube.ts';
import type { LoggedRequest } from '../../src/local-youtube/request-log.ts';
import { atEnd, temporaryFolder, token } from '../youtube/support.ts';

export interface Client {
  readonly server: LocalYouTube;
  readonly folder: string;
  readonly log: LoggedRequest[];
  readonly api: youtube_v3.Youtube;
  /** Passed with every call: its own default overrides what the client was created with. */
  readonly at: { rootUrl: string; headers: Record<string, string>; retry: false };
  /** A single-request upload; returns the video's id. */
  insert(resource?: youtube_v3.Schema$Video, bytes?: Buffer): Promise<string>;
  video(id: string): Promise<youtube_v3.Schema$Video>;
  restart(options?: Partial<LocalYouTubeOptions>): Promise<Client>;
}

export const videoParts = ['snippet', 'status', 'recordingDetails', 'processingDetails', 'fileDetails'];

/** Google's own client, with its own local YouTube. */
export async function startClient(t: TestContext, options: Partial<LocalYouTubeOptions> = {}): Promise<Client> {
  const folder = options.folder ?? path.join(await temporaryFolder(t), 'youtube');
  const log: LoggedRequest[] = [];
  const server = await startLocalYouTube({ ...options, folder, log: (request) => log.push(request) });
  atEnd(t, () => server.close());
  const api = youtube({ version: 'v3' });
  const at = { rootUrl: server.url, headers: token, retry: false } as const;
  return {
    server,
    folder,
    log,
    api,
    at,
    async insert(resource = { snippet: { title: 'Den/Tu vs Huy/Ha' }, status: { privacyStatus: 'private' } }, bytes) {
      const media = { mimeType: 'video/mp4', body: Readable.from([bytes ?? Buffer.from('video')]) };
      const request = { part: ['snippet', 'status', 'recordingDetails'], requestBody: resource, media };
      const { data } = await api.videos.insert(request, at);
      return data.id ?? assert.fail('no id');
    },
    async video(id) {
      const { data } = await api.videos.list({ id: [id], part: videoParts }, at);
      return data.items?.[0] ?? assert.fail(`no video ${id}`);
    },
    async restart(changes = {}) {
      await server.close();
      return startClient(t, { ...options, folder, ...changes });
    },
  };
}

/** Status, reason and domain of a refusal by the API. */
export async function refusal(promise: Promise<unknown>): Promise<[number, string, string]> {
  const error = await promise.then(
    () => assert.fail('it should have been refused'),
    (thrown: { response?: { status: number; data: { error: { errors: { reason: string; domain: string }[] } } } }) =>
      thrown,
  );
  const { status, data } = error.response ?? assert.fail(String(error));
  const [first] = data.error.errors;
  return [status, first?.reason ?? '', first?.domain ?? ''];
}

export async function recordingOf(folder: string, id: string): Promise<Buffer> {
  return readFile(path.join(folder, 'videos', id, 'recording'));
}
