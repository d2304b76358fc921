import type { Database } from './database.ts';
import type { PublishTarget } from './ledger.ts';

export interface KnownPlaylist {
  /** Absent as long as it is not known whether YouTube made it. */
  readonly playlistId?: string;
  /** Milliseconds since 1970: when YouTube was asked to make it; 0 once its id is known. */
  readonly begunAt: number;
}

/** The channel's playlists that this machine has made, or was about to make, by title. */
export interface Playlists {
  find(title: string, target: PublishTarget): KnownPlaylist | undefined;
  /** Called before YouTube is asked to make it. */
  begin(title: string, target: PublishTarget, now: number): void;
  enter(title: string, target: PublishTarget, playlistId: string): void;
  /** The playlist is no longer on the channel. */
  forget(title: string, target: PublishTarget): void;
}

export function openPlaylists(database: Database): Playlists {
  const find = database.prepare(
    'SELECT playlist_id AS id, begun_at AS begun FROM playlists WHERE title = ? AND target = ?',
  );
  const save = database.prepare('INSERT OR REPLACE INTO playlists VALUES (?, ?, ?, ?)');
  const drop = database.prepare('DELETE FROM playlists WHERE title = ? AND target = ?');
  return {
    find(title, target) {
      const row = find.get(title, target) as { id: string | null; begun: number } | undefined;
      return row && { begunAt: row.begun, ...(row.id !== null && { playlistId: row.id }) };
    },
    begin: (title, target, now) => {
      save.run(title, target, now, null);
    },
    enter: (title, target, playlistId) => {
      save.run(title, target, 0, playlistId);
    },
    forget: (title, target) => {
      drop.run(title, target);
    },
  };
}
