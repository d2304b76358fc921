import type { Call } from './api-client.ts';

/** The largest page of playlistItems.list and the most ids of one videos.list. */
const pageSize = 50;

/**
 * Walks the playlist of the channel's uploads and looks for the mark among the tags of each video, which only their
 * owner sees. Two units of quota for every fifty videos. An upload that YouTube itself gave up is not a publish.
 */
export async function findVideoByMark(call: Call, mark: string, signal?: AbortSignal): Promise<string | undefined> {
  const channels = await call(
    (api, options) => api.channels.list({ mine: true, part: ['contentDetails'] }, options),
    signal,
  );
  const playlistId = channels.items?.[0]?.contentDetails?.relatedPlaylists?.uploads;
  if (!playlistId) return undefined;

  let pageToken: string | undefined;
  do {
    const request = { playlistId, part: ['contentDetails'], maxResults: pageSize, ...(pageToken ? { pageToken } : {}) };
    const page = await call((api, options) => api.playlistItems.list(request, options), signal);
    const ids = (page.items ?? []).flatMap((item) => item.contentDetails?.videoId ?? []);
    if (ids.length > 0) {
      const wanted = { id: ids, part: ['snippet', 'status'], maxResults: pageSize };
      const videos = await call((api, options) => api.videos.list(wanted, options), signal);
      const found = videos.items?.find(
        (video) => video.snippet?.tags?.includes(mark) && video.status?.failureReason !== 'uploadAborted',
      );
      if (found?.id) return found.id;
    }
    pageToken = page.nextPageToken ?? undefined;
  } while (pageToken);
  return undefined;
}
