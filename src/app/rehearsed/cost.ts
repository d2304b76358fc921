import { StageError } from '../../domain/errors.ts';
import { type Cost, nothing, plus, turnOf } from '../../domain/quota.ts';
import { preparedRecord, publicationRecord } from '../../stages/records.ts';
import { unitsForQuestions } from '../../workspace/quota-ledger.ts';
import type { Store } from '../../workspace/store.ts';
import { openReadOnly } from '../../workspace/workspace.ts';
import { callCosts } from '../../youtube/quota-costs.ts';
import type { Config } from '../config.ts';
import { quota } from '../stage-options.ts';

export interface RehearsedCost {
  /** At least: each further question costs a unit. */
  readonly units: number;
  readonly uploads: number;
  /** Pacific days over which it spreads, at least; absent if even a whole day has no room for one video. */
  readonly days?: number;
}

const eachVideo = [
  callCosts['videos.insert'],
  callCosts['thumbnails.set'],
  callCosts['videos.update'],
  callCosts['videos.list'],
];

/** What publishing these for real takes of YouTube's quota. */
export function costOfRehearsed(videoIds: readonly string[], store: Store, config: Config): RehearsedCost {
  const costs = costsOf(videoIds, store, config);
  const { units, uploads } = costs.reduce(plus, nothing);
  const { limits, spent, reserved, refusedUntil } = store.quota.today('youtube', quota(config));
  const perDay = { units: limits.units - unitsForQuestions, uploads: limits.uploads };
  const free = refusedUntil
    ? nothing
    : {
        units: perDay.units - spent.units - reserved.units,
        uploads: perDay.uploads - spent.uploads - reserved.uploads,
      };
  const isTooMuch = costs.some((cost) => cost.units > perDay.units || cost.uploads > perDay.uploads);
  const last = costs.at(-1);
  return {
    ...{ units, uploads },
    ...(!isTooMuch && { days: last ? turnOf(last, costs.slice(0, -1), free, perDay).resets + 1 : 0 }),
  };
}

function costsOf(videoIds: readonly string[], store: Store, { PLAYLIST }: Config): Cost[] {
  const one = eachVideo.reduce<Cost>(plus, nothing);
  if (PLAYLIST !== 'tournament') return videoIds.map(() => one);
  const known = new Set<string>();
  return videoIds.map((videoId) => {
    const tournament = tournamentOf(store, videoId);
    const isThere = known.has(tournament) || store.playlists.find(tournament, 'youtube')?.playlistId !== undefined;
    known.add(tournament);
    return [callCosts['playlistItems.insert'], ...(isThere ? [] : [callCosts['playlists.insert']])].reduce<Cost>(
      plus,
      one,
    );
  });
}

function tournamentOf({ workspaceRoot }: Store, videoId: string): string {
  try {
    const workspace = openReadOnly(workspaceRoot, videoId);
    const match = workspace?.read(publicationRecord('local'))?.match ?? workspace?.read(preparedRecord)?.match;
    return match?.tournament ?? '';
  } catch (error) {
    // Whoever publishes it is told of damaged records then.
    if (error instanceof StageError) return '';
    throw error;
  }
}
