import { randomBytes } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { readJson, writeJson } from './json-file.ts';

export interface StoredPlaylist {
  readonly id: string;
  /** Incremented: the order of creation. */
  readonly sequence: number;
  readonly title: string;
  readonly description: string;
  readonly defaultLanguage?: string | undefined;
  readonly privacyStatus: 'public' | 'unlisted' | 'private';
  /** ISO 8601. */
  readonly publishedAt: string;
  readonly items: readonly StoredItem[];
}

export interface StoredItem {
  readonly id: string;
  readonly videoId: string;
  /** ISO 8601. */
  readonly addedAt: string;
}

/** The playlists of the channel, one JSON file each. */
export interface RehearsedPlaylists {
  /** Newest first. */
  all(): readonly StoredPlaylist[];
  get(id: string): StoredPlaylist | undefined;
  create(
    begin: Pick<StoredPlaylist, 'title' | 'description' | 'defaultLanguage' | 'privacyStatus'>,
  ): Promise<StoredPlaylist>;
  /** @param position from 0; the end by default */
  add(playlist: StoredPlaylist, videoId: string, position?: number): Promise<StoredItem>;
  /** Takes an item out of its playlist; false if there is none with this id. */
  remove(itemId: string): Promise<boolean>;
}

export async function openPlaylists(folder: string, now: () => number): Promise<RehearsedPlaylists> {
  await mkdir(folder, { recursive: true });
  const playlists = new Map<string, StoredPlaylist>();
  for (const name of await readdir(folder)) {
    const playlist = name.endsWith('.json') ? await readJson<StoredPlaylist>(path.join(folder, name)) : undefined;
    if (playlist) playlists.set(playlist.id, playlist);
  }
  const time = () => new Date(now()).toISOString();
  let written = Promise.resolve();
  /** In memory first, then on disk in the same order: two concurrent requests must not read the same state. */
  const save = (playlist: StoredPlaylist) => {
    playlists.set(playlist.id, playlist);
    const writing = written.then(() => writeJson(path.join(folder, `${playlist.id}.json`), playlist));
    written = writing.catch(() => undefined);
    return writing;
  };

  return {
    all: () => [...playlists.values()].sort((a, b) => b.sequence - a.sequence),
    get: (id) => playlists.get(id),
    async create(begin) {
      const id = `PL${randomBytes(24).toString('base64url').slice(0, 32)}`;
      const playlist = { ...begin, id, sequence: playlists.size + 1, publishedAt: time(), items: [] };
      await save(playlist);
      return playlist;
    },
    async add({ id }, videoId, position) {
      const playlist = playlists.get(id);
      if (!playlist) throw new Error(`the playlist ${id} is gone`);
      const item = { id: randomBytes(18).toString('base64url'), videoId, addedAt: time() };
      await save({ ...playlist, items: playlist.items.toSpliced(position ?? playlist.items.length, 0, item) });
      return item;
    },
    async remove(itemId) {
      const playlist = [...playlists.values()].find(({ items }) => items.some(({ id }) => id === itemId));
      if (!playlist) return false;
      await save({ ...playlist, items: playlist.items.filter(({ id }) => id !== itemId) });
      return true;
    },
  };
}
