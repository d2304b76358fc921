import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { DiskStorage, Uploadx } from '@uploadx/core';
import { startLocalYouTube } from '../../../../src/local-youtube/local-youtube.ts';
import { toVideoResource } from '../../../../src/youtube/metadata.ts';
import { listVideos, metadata } from '../../support.ts';

/** A server of the protocol. */
export interface ProtocolServer {
  readonly url: string;
  /** What is posted to open a session. */
  readonly startBody: string;
  /** The contents of all completed uploads, with the id given in the final answer. */
  videos(): Promise<{ id: string; bytes: Buffer }[]>;
  close(): Promise<void>;
}

export type StartServer = (folder: string) => Promise<ProtocolServer>;

export const localYouTube: StartServer = async (folder) => {
  const server = await startLocalYouTube({ folder: path.join(folder, 'youtube') });
  return {
    url: server.url,
    startBody: JSON.stringify(toVideoResource(metadata)),
    close: () => server.close(),
    async videos() {
      const ids = await listVideos(server.url);
      return Promise.all(
        ids.map(async (id) => ({
          id,
          bytes: Buffer.from(await (await fetch(`${server.url}media/${id}`)).arrayBuffer()),
        })),
      );
    },
  };
};

/**
 * An implementation by others. It differs from Google's: nothing stored is `Range: bytes=0--1`; an interrupted chunk is
 * kept to the byte, not in whole units; a session needs a name and is opened with 201; chunks need not be multiples of
 * 262,144; a chunk may begin anywhere.
 */
export const uploadx: StartServer = async (folder) => {
  const completed = new Set<string>();
  const directory = path.join(folder, 'uploadx');
  const storage = new DiskStorage({
    directory,
    onComplete: (file) => {
      completed.add(file.id);
      return file;
    },
  });
  const { handle } = new Uploadx({ storage });
  const server = http.createServer((request, response) => handle(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  while (!storage.isReady) await new Promise((resolve) => setTimeout(resolve, 1));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    startBody: JSON.stringify({ name: 'match.mov' }),
    videos: () =>
      Promise.all([...completed].map(async (id) => ({ id, bytes: await readFile(path.join(directory, id)) }))),
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
};
