import { isRehearsal, type PublishTarget } from '../domain/publish-target.ts';
import type { Database } from './database.ts';

export { isRehearsal, type PublishTarget };

export interface Publication {
  /** Content fingerprint of the recording. */
  readonly fingerprint: string;
  readonly target: PublishTarget;
  readonly youtubeId: string;
  readonly watchUrl: string;
  readonly title: string;
  /** The recording's file name when it was published. */
  readonly recording: string;
  /** ISO 8601, UTC. */
  readonly publishedAt: string;
}

/** The permanent list of what was published. Temporal forgets closed workflows; this does not. */
export interface Ledger {
  find(fingerprint: string, target: PublishTarget): Publication | undefined;
  /** Enters a publication, unless there is one for the same recording and target, which is kept. */
  enter(publication: Publication): void;
  /** The match has another title on the channel now. */
  retitle(fingerprint: string, target: PublishTarget, title: string): void;
  all(): Publication[];
}

/** What was rehearsed and is not on the real YouTube. */
export function rehearsedOnly(ledger: Pick<Ledger, 'all'>): Publication[] {
  const all = ledger.all();
  const real = new Set(all.flatMap(({ fingerprint, target }) => (isRehearsal(target) ? [] : [fingerprint])));
  return all.filter(({ fingerprint, target }) => isRehearsal(target) && !real.has(fingerprint));
}

const columns = `fingerprint, target, youtube_id AS youtubeId, watch_url AS watchUrl, title, recording,
  published_at AS publishedAt`;

export const isOnlyRehearsed = (ledger: Pick<Ledger, 'find'>, fingerprint: string): boolean =>
  ledger.find(fingerprint, 'local') !== undefined && ledger.find(fingerprint, 'youtube') === undefined;

export function openLedger(database: Database): Ledger {
  const find = database.prepare(`SELECT ${columns} FROM publications WHERE fingerprint = ? AND target = ?`);
  const enter = database.prepare('INSERT OR IGNORE INTO publications VALUES (?, ?, ?, ?, ?, ?, ?)');
  const retitle = database.prepare('UPDATE publications SET title = ? WHERE fingerprint = ? AND target = ?');
  const all = database.prepare(`SELECT ${columns} FROM publications ORDER BY published_at`);
  return {
    find: (fingerprint, target) => find.get(fingerprint, target) as Publication | undefined,
    enter: (entry) => {
      const { fingerprint, target, youtubeId, watchUrl, title, recording, publishedAt } = entry;
      enter.run(fingerprint, target, youtubeId, watchUrl, title, recording, publishedAt);
    },
    retitle: (fingerprint, target, title) => {
      retitle.run(title, fingerprint, target);
    },
    all: () => all.all() as unknown as Publication[],
  };
}
