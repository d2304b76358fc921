import { StageError } from '../../domain/errors.ts';
import type { PublicationRecord } from '../records.ts';
import type { UploadJob } from './job.ts';
import { tryExtra } from './try-extra.ts';

/** Adds the video to its tournament's playlist, once, if the club wants that. */
export async function addToPlaylist(
  job: UploadJob,
  publication: PublicationRecord,
  advance: (step: Partial<PublicationRecord>) => void,
): Promise<void> {
  const { options, tournament, youtube, context } = job;
  if (!options.playlistPerTournament || publication.playlistId !== undefined) return;
  const { signal, store } = context;
  const { youtubeId } = publication;
  let playlistId = '';
  const step = {
    of: tournament,
    what: `adding it to the playlist "${tournament}"`,
    youtubeId: publication.youtubeId,
    before: publication.playlistFailure,
  };
  const failure = await tryExtra(job, step, async () => {
    playlistId = await playlistOf(job);
    try {
      // Nobody may add it between the question and the answer: a playlist can hold a video more than once.
      await store.exclusively(`playlist-items-${options.target}`, signal, async () => {
        // An earlier attempt may have added it and died before recording it.
        if (await youtube.isInPlaylist(playlistId, youtubeId, { signal })) return;
        await youtube.addToPlaylist(playlistId, youtubeId, { signal });
      });
    } catch (error) {
      // Somebody may have deleted it: the next attempt looks for it on the channel.
      if (error instanceof StageError) store.playlists.forget(tournament, options.target);
      throw error;
    }
  });
  advance(failure ? { playlistFailure: failure } : { playlistId, playlistFailure: undefined });
}

/**
 * The tournament's playlist, created at most once, no matter how many ask at the same time. One whose creation was
 * begun may exist although it is not listed: until the list must show it, no other is created.
 */
async function playlistOf({ options, tournament, youtube, context }: UploadJob): Promise<string> {
  const { store, signal } = context;
  const { target, listingLagSeconds } = options;
  return store.exclusively(`playlists-${target}`, signal, async () => {
    const known = store.playlists.find(tournament, target);
    if (known?.playlistId !== undefined) return known.playlistId;
    const found = await youtube.findPlaylist(tournament, { signal });
    if (found === undefined) {
      const listedBy = (known?.begunAt ?? 0) + listingLagSeconds * 1000;
      if (Date.now() < listedBy) throw notListedYet(tournament, listedBy);
      store.playlists.begin(tournament, target, Date.now());
    }
    const playlistId = found ?? (await youtube.createPlaylist(tournament, options.privacy, { signal }));
    store.playlists.enter(tournament, target, playlistId);
    return playlistId;
  });
}

function notListedYet(title: string, notBefore: number): StageError {
  return new StageError('STILL_PROCESSING', `It is not known yet whether the playlist "${title}" was created.`, {
    remedy: 'retry',
    notBefore,
    action: 'Nothing to do: the channel will be asked again.',
  });
}
