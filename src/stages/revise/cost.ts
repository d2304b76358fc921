import type { Revision } from '../../domain/revision.ts';
import { callCosts } from '../../youtube/quota-costs.ts';

const question = callCosts['videos.list'].units;

export interface CostOptions {
  /** The id of the playlist is not known on this machine, so the channel is asked for it. */
  readonly looksForPlaylist?: boolean;
}

/**
 * Units of YouTube's quota that a revision takes at most, unless something fails on the way: three questions about the
 * video (before, and up to two after), and each change. A playlist is asked about before it is changed, the new one and
 * the one before.
 */
export function unitsAtMost(revision: Revision, { looksForPlaylist = false }: CostOptions = {}): number {
  const { title, description, privacy, publishAt, playlist, thumbnail } = revision;
  const isUpdated = [title, description, privacy, publishAt].some((value) => value !== undefined);
  const insert = callCosts['playlistItems.insert'].units + callCosts['playlistItems.list'].units;
  const remove = callCosts['playlistItems.delete'].units + callCosts['playlistItems.list'].units;
  return (
    3 * question +
    (isUpdated ? callCosts['videos.update'].units : 0) +
    (thumbnail ? callCosts['thumbnails.set'].units : 0) +
    (playlist === undefined ? 0 : remove) +
    (playlist ? insert : 0) +
    (looksForPlaylist ? callCosts['playlists.list'].units : 0)
  );
}
