import { StageError } from '../../domain/errors.ts';
import type { RevisionJob } from './job.ts';

/**
 * Id of the channel's playlist with this title; undefined for no playlist. None is created.
 * @throws StageError PLAYLIST_REJECTED if there is none
 */
export async function playlistCalled(
  { youtube, options, context }: RevisionJob,
  title: string,
): Promise<string | undefined> {
  if (title === '') return undefined;
  const { playlists } = context.store;
  const known = playlists.find(title, options.target)?.playlistId;
  if (known !== undefined) return known;
  const found = await youtube.findPlaylist(title, { signal: context.signal });
  if (found === undefined) {
    throw new StageError('PLAYLIST_REJECTED', `The channel has no playlist "${title}".`, {
      remedy: 'fix',
      action: 'Create it in YouTube Studio, or name another one.',
    });
  }
  playlists.enter(title, options.target, found);
  return found;
}

/** Moves the video from one playlist to the other; undefined is none. Safe to repeat: each is asked before. */
export async function movePlaylist(
  { youtube, options, context, publication, requireOurs }: RevisionJob,
  { before, after }: { readonly before?: string | undefined; readonly after?: string | undefined },
): Promise<void> {
  const { store, signal } = context;
  const { youtubeId } = publication;
  // Nobody may add it between the question and the answer: a playlist can hold a video more than once.
  await store.exclusively(`playlist-items-${options.target}`, signal, async () => {
    requireOurs();
    if (after !== undefined && !(await youtube.isInPlaylist(after, youtubeId, { signal }))) {
      await youtube.addToPlaylist(after, youtubeId, { signal });
    }
    requireOurs();
    const place = before === undefined ? undefined : await youtube.findPlaylistItem(before, youtubeId, { signal });
    if (place !== undefined) await youtube.removeFromPlaylist(place, { signal });
  });
}
