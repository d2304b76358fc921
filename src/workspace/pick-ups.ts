import type { Database } from './database.ts';

/** The video that was last started from a file in the input folder, and the file's state at that time. */
export interface PickUp {
  readonly state: string;
  readonly videoId: string;
  readonly isCancelled: boolean;
}

/** What was picked up from the input folder, so that a cancelled recording that is still there is not started again. */
export interface PickUps {
  find(file: string): PickUp | undefined;
  pickedUp(file: string, state: string, videoId: string): void;
  /** Notes whether the video's newest run was cancelled. */
  note(videoId: string, isCancelled: boolean): void;
}

export function openPickUps(database: Database): PickUps {
  const find = database.prepare('SELECT state, video_id, is_cancelled FROM pick_ups WHERE path = ?');
  const save = database.prepare('INSERT OR REPLACE INTO pick_ups VALUES (?, ?, ?, 0)');
  const note = database.prepare('UPDATE pick_ups SET is_cancelled = ? WHERE video_id = ?');
  return {
    find: (file) => {
      const row = find.get(file) as { state: string; video_id: string; is_cancelled: number } | undefined;
      return row && { state: row.state, videoId: row.video_id, isCancelled: row.is_cancelled === 1 };
    },
    pickedUp: (file, state, videoId) => void save.run(file, state, videoId),
    note: (videoId, isCancelled) => void note.run(isCancelled ? 1 : 0, videoId),
  };
}
