import { inSpan } from '../tracing/span.ts';
import type { YouTube } from '../youtube/youtube.ts';

/** The same channel: each call of it is a step of the trace, named after it. */
export function traceYouTube(youtube: YouTube): YouTube {
  const step = <Args extends unknown[], Result>(name: string, call: (...args: Args) => Promise<Result>) => ({
    [name]: (...args: Args) => inSpan(`youtube ${name}`, {}, () => call(...args)),
  });
  return {
    ...youtube,
    accountedTo: (spend) => traceYouTube(youtube.accountedTo(spend)),
    ...step('uploadVideo', youtube.uploadVideo),
    ...step('setThumbnail', youtube.setThumbnail),
    ...step('updateVideo', youtube.updateVideo),
    ...step('getEditable', youtube.getEditable),
    ...step('changeVideo', youtube.changeVideo),
    ...step('getVideo', youtube.getVideo),
    ...step('findByIdTag', youtube.findByIdTag),
    ...step('findPlaylist', youtube.findPlaylist),
    ...step('createPlaylist', youtube.createPlaylist),
    ...step('isInPlaylist', youtube.isInPlaylist),
    ...step('findPlaylistItem', youtube.findPlaylistItem),
    ...step('removeFromPlaylist', youtube.removeFromPlaylist),
    ...step('addToPlaylist', youtube.addToPlaylist),
    ...step('getChannel', youtube.getChannel),
  };
}
