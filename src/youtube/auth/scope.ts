/**
 * The narrowest single scope that allows every call of this program. `youtube.upload` sends videos and thumbnails, but
 * neither changes a video nor fills a playlist; `youtube.readonly` only reads; `youtube.force-ssl` allows the same
 * calls as this one, plus comments and captions. ("Authorization" in the reference of each method.)
 */
export const youtubeScope = 'https://www.googleapis.com/auth/youtube';

/** Each allows everything needed. */
const sufficient = new Set([youtubeScope, 'https://www.googleapis.com/auth/youtube.force-ssl']);

export function isSufficient(scopes: readonly string[]): boolean {
  return scopes.some((scope) => sufficient.has(scope));
}
