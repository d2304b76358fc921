/** What one call costs: units, and upload starts, which have their own daily counter. */
export interface CallCost {
  readonly units: number;
  readonly uploads: number;
}

const list = { units: 1, uploads: 0 };
const write = { units: 50, uploads: 0 };

/** YouTube Data API, "Quota Calculator". */
export const callCosts = {
  'videos.insert': { units: 0, uploads: 1 },
  'videos.update': write,
  'videos.list': list,
  'thumbnails.set': write,
  'channels.list': list,
  'playlists.insert': write,
  'playlists.list': list,
  'playlistItems.insert': write,
  'playlistItems.delete': write,
  'playlistItems.list': list,
} as const satisfies Readonly<Record<string, CallCost>>;

export type ApiMethod = keyof typeof callCosts;

/** Called before each API call. */
export type Spend = (cost: CallCost) => void;
