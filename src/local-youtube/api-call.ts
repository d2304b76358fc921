import { oauthPaths } from './oauth-client.ts';

/** What a request asks for, in the words of the API reference; all others are pages for people. */
export type ApiCall =
  | 'videos.insert'
  | 'upload.chunk'
  | 'upload.question'
  | 'thumbnails.set'
  | 'videos.list'
  | 'videos.update'
  | 'videos.delete'
  | 'channels.list'
  | 'playlists.list'
  | 'playlists.insert'
  | 'playlistItems.list'
  | 'playlistItems.insert'
  | 'playlistItems.delete'
  | 'oauth.consent'
  | 'oauth.token'
  | 'oauth.revoke';

const calls: Readonly<Record<string, ApiCall>> = {
  'POST /upload/youtube/v3/videos': 'videos.insert',
  'PUT /upload/youtube/v3/videos': 'upload.chunk',
  'POST /upload/youtube/v3/thumbnails/set': 'thumbnails.set',
  'GET /youtube/v3/videos': 'videos.list',
  'PUT /youtube/v3/videos': 'videos.update',
  'DELETE /youtube/v3/videos': 'videos.delete',
  'GET /youtube/v3/channels': 'channels.list',
  'GET /youtube/v3/playlists': 'playlists.list',
  'POST /youtube/v3/playlists': 'playlists.insert',
  'GET /youtube/v3/playlistItems': 'playlistItems.list',
  'POST /youtube/v3/playlistItems': 'playlistItems.insert',
  'DELETE /youtube/v3/playlistItems': 'playlistItems.delete',
  [`GET ${oauthPaths.consent}`]: 'oauth.consent',
  [`POST ${oauthPaths.token}`]: 'oauth.token',
  [`POST ${oauthPaths.revoke}`]: 'oauth.revoke',
};

export const apiCalls: readonly ApiCall[] = [...Object.values(calls), 'upload.question'];

export function apiCallOf(method: string, path: string, contentRange: string | undefined): ApiCall | undefined {
  const call = calls[`${method} ${path}`];
  return call === 'upload.chunk' && contentRange?.startsWith('bytes */') ? 'upload.question' : call;
}
