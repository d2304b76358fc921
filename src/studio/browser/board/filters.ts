import { hasWords } from '../../search-words.ts';
import type { Video } from '../state/live.ts';

/** For a person: one that is chosen, and can still be undone, waits for nobody. */
const waits = ({ stage, undoUntil }: Video) => stage === 'WAITING_FOR_SELECTION' && !undoUntil;

export const filters = {
  all: { word: 'All', fits: () => true },
  waiting: { word: 'Waiting for you', fits: waits },
  attention: { word: 'Need attention', fits: ({ stage }: Video) => stage === 'NEEDS_ATTENTION' },
  working: {
    word: 'In work',
    fits: (video: Video) => !waits(video) && !['NEEDS_ATTENTION', 'COMPLETED', 'CANCELLED'].includes(video.stage),
  },
  published: { word: 'Published', fits: ({ stage }: Video) => stage === 'COMPLETED' },
  cancelled: { word: 'Cancelled', fits: ({ stage }: Video) => stage === 'CANCELLED' },
} as const;

export type Filter = keyof typeof filters;

/** Which videos a person wants to see; the page's address says it, so that it survives Back and reloading. */
export interface Wish {
  readonly filter: Filter;
  readonly search: string;
}

export function readWish(query: string): Wish {
  const asked = new URLSearchParams(query);
  const show = asked.get('show') ?? '';
  return { filter: Object.hasOwn(filters, show) ? (show as Filter) : 'all', search: asked.get('search') ?? '' };
}

/** The inverse of `readWish`. */
export function queryOf({ filter, search }: Wish): string {
  const query = new URLSearchParams({ ...(filter !== 'all' && { show: filter }), ...(search && { search }) });
  return query.size > 0 ? `?${query}` : '';
}

/** Whether a video has the filter's kind of stage, and all search words in its title or name. */
export function isShown(video: Video, filter: Filter, search: string): boolean {
  return filters[filter].fits(video) && hasWords(`${video.title ?? ''} ${video.recording} ${video.videoId}`, search);
}
