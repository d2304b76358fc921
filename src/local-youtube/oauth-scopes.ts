import type { ApiCall } from './api-call.ts';

const prefix = 'https://www.googleapis.com/auth/';
const manage = ['youtube', 'youtube.force-ssl'];
const upload = [...manage, 'youtube.upload'];
const read = [...manage, 'youtube.readonly'];

/** A call needs one of these scopes: "Authorization" in the reference of each method. */
const scopesOf: Partial<Record<ApiCall, readonly string[]>> = {
  'videos.insert': upload,
  'upload.chunk': upload,
  'upload.question': upload,
  'thumbnails.set': upload,
  'videos.update': manage,
  'videos.delete': manage,
  'playlists.insert': manage,
  'playlistItems.insert': manage,
  'playlistItems.delete': manage,
  'videos.list': read,
  'channels.list': read,
  'playlists.list': read,
  'playlistItems.list': read,
};

const known = new Map<string, string>([
  [`${prefix}youtube`, 'Manage your YouTube account'],
  [
    `${prefix}youtube.force-ssl`,
    'See, edit, and permanently delete your YouTube videos, ratings, comments and captions',
  ],
  [`${prefix}youtube.upload`, 'Manage your YouTube videos'],
  [`${prefix}youtube.readonly`, 'View your YouTube account'],
]);

/** What a consent page says about a scope; undefined if there is no such scope. */
export const describeScope = (scope: string): string | undefined => known.get(scope);

export function allows(scopes: readonly string[], call: ApiCall | undefined): boolean {
  const needed = call && scopesOf[call];
  return !needed || needed.some((name) => scopes.includes(prefix + name));
}
