import type { Database } from './database.ts';

/** Where a video was published: the local YouTube (a rehearsal) or the real one. */
export type PublishTarget = 'local' | 'youtube';

/** Publishing to the local YouTube counts as nothing for a later real publish. */
export const isRehearsal = (target: PublishTarget): boolean => target === 'local';

export interface Publication {
  /** Content fingerprint of the recording. */
  readonly fingerprint: string;
  readonly target: PublishTarget;
  readonly youtubeId: string;
  readonly watchUrl: string;
  readonly title: string;
  /** The recording's file name at that time. */
  readonly recording: string;
  /** ISO 8601, UTC. */
  readonly publishedAt: string;
}

/** The lasting list of what was published. Temporal forgets closed workflows; this does not. */
export interface Ledger {
  find(fingerprint: string, target: PublishTarget): Publication | undefined;
  /** Enters a publication; the first entry of a recording and target stands. */
  enter(publication: Publication): void;
  all(): Publication[];
}

const columns = `fingerprint, target, youtube_id AS youtubeId, watch_url AS watchUrl, title, recording,
  published_at AS publishedAt`;

export function openLedger(database: Database): Ledger {
  const find = database.prepare(`SELECT ${columns} FROM publications WHERE fingerprint = ? AND target = ?`);
  const enter = database.prepare('INSERT OR IGNORE INTO publications VALUES (?, ?, ?, ?, ?, ?, ?)');
  const all = database.prepare(`SELECT ${columns} FROM publications ORDER BY published_at`);
  return {
    find: (fingerprint, target) => find.get(fingerprint, target) as Publication | undefined,
    enter: (entry) => {
      const { fingerprint, target, youtubeId, watchUrl, title, recording, publishedAt } = entry;
      enter.run(fingerprint, target, youtubeId, watchUrl, title, recording, publishedAt);
    },
    all: () => all.all() as unknown as Publication[],
  };
}
