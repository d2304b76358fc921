import { badRequest } from './google-answer.ts';
import type { StoredPlaylist } from './playlists.ts';

type Fields = Record<string, unknown>;

/**
 * Checks the resource of playlists.insert.
 * @throws GoogleError
 */
export function readPlaylist(
  body: Fields,
  parts: readonly string[],
): Pick<StoredPlaylist, 'title' | 'description' | 'defaultLanguage' | 'privacyStatus'> {
  for (const part of ['snippet', 'status']) {
    if (body[part] !== undefined && !parts.includes(part)) {
      throw badRequest('unexpectedPart', `The body has ${part}, which the part parameter does not name`);
    }
  }
  const snippet = fields(body.snippet);
  const title = text(snippet.title);
  if (title === undefined || title.trim() === '') throw refuse('playlistTitleRequired', 'A playlist needs a title');
  const { description = '', defaultLanguage } = snippet;
  if ([...title].length > 150 || typeof description !== 'string' || [...description].length > 5000) {
    throw refuse('invalidPlaylistSnippet', 'A title has at most 150 characters, a description 5000');
  }
  if (/[<>]/.test(title + description)) throw refuse('invalidPlaylistSnippet', 'Neither < nor > is allowed');
  const { privacyStatus = 'public' } = fields(body.status);
  if (privacyStatus !== 'public' && privacyStatus !== 'unlisted' && privacyStatus !== 'private') {
    throw refuse('invalidPlaylistSnippet', 'Unknown privacyStatus');
  }
  return { title, description, defaultLanguage: text(defaultLanguage), privacyStatus };
}

/**
 * Checks the resource of playlistItems.insert.
 * @throws GoogleError
 */
export function readPlaylistItem(body: Fields): { playlistId: string; videoId: string; position: number | undefined } {
  const snippet = fields(body.snippet);
  const playlistId = text(snippet.playlistId);
  if (!playlistId) throw refuse('playlistIdRequired', 'snippet.playlistId is required', 'youtube.playlistItem');
  const { kind, videoId } = fields(snippet.resourceId);
  if (kind !== undefined && kind !== 'youtube#video') {
    throw refuse('invalidResourceType', 'Only youtube#video can be added', 'youtube.playlistItem');
  }
  const video = text(videoId);
  if (!video) throw refuse('resourceIdRequired', 'snippet.resourceId.videoId is required', 'youtube.playlistItem');
  const { position } = snippet;
  if (position !== undefined && !(typeof position === 'number' && Number.isInteger(position) && position >= 0)) {
    throw refuse('invalidPlaylistItemPosition', 'The position is a number from 0', 'youtube.playlistItem');
  }
  return { playlistId, videoId: video, position };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function refuse(reason: string, message: string, domain = 'youtube.playlist') {
  return badRequest(reason, message, domain);
}
