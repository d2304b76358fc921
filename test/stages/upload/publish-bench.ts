import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { TestContext } from 'node:test';
import sharp from 'sharp';
import type { Fault, FaultRequest } from '../../../src/local-youtube/fault.ts';
import { type LocalYouTubeOptions, startLocalYouTube } from '../../../src/local-youtube/local-youtube.ts';
import type { StageContext } from '../../../src/stages/context.ts';
import { thumbnailFile, thumbnailRecord } from '../../../src/stages/records.ts';
import { type UploadOptions, uploadVideo } from '../../../src/stages/upload/index.ts';
import type { Workspace } from '../../../src/workspace/workspace.ts';
import { localAuth } from '../../../src/youtube/auth.ts';
import { type ChannelVideo, createYouTube, type YouTube } from '../../../src/youtube/channel.ts';
import { chunkUnitBytes } from '../../../src/youtube/resumable/session.ts';
import { atEnd } from '../../support/clean-up.ts';
import { type StageBench, stageBench } from '../../support/stage-bench.ts';
import { uploadOptions } from './upload-options.ts';

export { uploadOptions };

/** An API refusal with this reason. */
export const refusal = (reason: string): Fault => ({ kind: 'answer', reason });

/** A recording that is ready to be published, and a real local YouTube. */
export interface PublishBench extends StageBench {
  readonly file: string;
  readonly youtube: YouTube;
  readonly url: string;
  /** Every request so far, e.g. `PUT bytes 0-262143/300000` or `POST /upload/youtube/v3/thumbnails/set`. */
  readonly requests: string[];
  /** The calls of the API so far, e.g. `thumbnails.set`; without the chunks and status questions of an upload. */
  readonly calls: string[];
  /** What goes wrong with the requests from now on; undefined: nothing. */
  faults: ((request: FaultRequest) => Fault | undefined) | undefined;
  space(): Promise<Workspace>;
  upload(changes?: Partial<UploadOptions>, context?: StageContext): ReturnType<typeof uploadVideo>;
  /** The one video the channel holds, and the bytes that arrived. */
  onlyVideo(): Promise<ChannelVideo & { id: string; bytes: Buffer }>;
  /** Publishes through a server in between that changes how the channel shows its videos. */
  through(change: (video: ShownVideo) => ShownVideo | undefined): Promise<YouTube>;
}

/** The parts of a video resource that tests change. */
export interface ShownVideo {
  readonly id: string;
  snippet: { title: string };
  status: { privacyStatus: string; uploadStatus: string; rejectionReason?: string };
  fileDetails: { fileSize: string };
}

const connect = (rootUrl: string) =>
  createYouTube({
    rootUrl,
    auth: localAuth(),
    chunkBytes: chunkUnitBytes,
    retry: { attempts: 2, minDelayMs: 5, maxDelayMs: 10 },
  });

/** @param chunks the number of chunks in which the recording is uploaded */
export async function publishBench(
  t: TestContext,
  chunks = 1,
  youtubeOptions: Partial<LocalYouTubeOptions> = {},
): Promise<PublishBench> {
  const bench = await stageBench(t);
  const file = await bench.prepared(undefined, (chunks - 1) * chunkUnitBytes + 16);
  const requests: string[] = [];
  const calls: string[] = [];
  const server = await startLocalYouTube({
    folder: path.join(bench.folder, 'youtube'),
    processingMs: 0,
    ...youtubeOptions,
    faults: (request) => {
      requests.push(`${request.method} ${request.contentRange ?? request.path}`);
      if (request.call) calls.push(request.call);
      return self.faults?.(request);
    },
  });
  atEnd(t, () => server.close());
  const youtube = connect(server.url);
  const self: PublishBench = {
    ...bench,
    file,
    youtube,
    url: server.url,
    requests,
    calls,
    faults: undefined,
    space: () => bench.workspace(file),
    upload: (changes, context = bench.attempt()) =>
      uploadVideo(file, { ...uploadOptions, ...changes }, youtube, context),
    async onlyVideo() {
      const ids = await readdir(path.join(bench.folder, 'youtube', 'videos'));
      const [id = ''] = ids;
      const video = await youtube.getVideo(id);
      if (!video || ids.length !== 1) throw new Error(`the channel holds ${ids.length} videos`);
      const stored = path.join(bench.folder, 'youtube', 'videos', id, 'recording');
      return { ...video, id, bytes: await readFile(stored) };
    },
    through: async (change) => connect(await changingProxy(t, server.url, change)),
  };
  await drawThumbnail(await self.space());
  return self;
}

/** What the stage "enhance" leaves, without drawing a design. */
export async function drawThumbnail(workspace: Workspace, background = '#275'): Promise<void> {
  const picture = sharp({ create: { width: 640, height: 360, channels: 3, background } });
  await picture.jpeg().toFile(workspace.path(thumbnailFile));
  const shape = { template: 'sidebar', theme: 'blue', width: 640, height: 360 };
  workspace.write(thumbnailRecord, { ...shape, drawnFrom: background, warnings: [] });
}

/** Simulates losing the machine's data: the workspaces are gone. */
export async function loseWorkspaces(bench: StageBench): Promise<void> {
  await rm(bench.store.workspaceRoot, { recursive: true });
}

export const modeOf = async (file: string) => (await stat(file)).mode & 0o777;

async function changingProxy(
  t: TestContext,
  url: string,
  change: (video: ShownVideo) => ShownVideo | undefined,
): Promise<string> {
  const proxy = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const { host: _host, connection: _connection, 'transfer-encoding': _encoding, ...headers } = request.headers;
    const answer = await fetch(new URL(request.url ?? '/', url), {
      method: request.method ?? 'GET',
      headers: headers as Record<string, string>,
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    });
    const shows = request.method === 'GET' && request.url?.startsWith('/youtube/v3/videos');
    let body = Buffer.from(await answer.arrayBuffer());
    if (shows && answer.ok) {
      const list = JSON.parse(body.toString()) as { items: ShownVideo[] };
      list.items = list.items.flatMap((video) => change(video) ?? []);
      body = Buffer.from(JSON.stringify(list));
    }
    const location = answer.headers.get('location');
    response.writeHead(answer.status, {
      'content-type': answer.headers.get('content-type') ?? 'application/json',
      ...(location && { location }),
    });
    response.end(body);
  });
  await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening));
  atEnd(t, () => {
    proxy.closeAllConnections();
    proxy.close();
  });
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/`;
}
