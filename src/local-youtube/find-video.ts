import { GoogleError } from './google-answer.ts';
import type { Library, StoredVideo } from './library.ts';
import { ownerOf, type Shown } from './video-resource.ts';

/** @throws GoogleError videoNotFound */
export function findVideo(library: Library, id: string, domain: string): StoredVideo {
  const video = library.get(id);
  if (!video) throw new GoogleError(404, 'videoNotFound', 'There is no such video', domain);
  return video;
}

/** @throws GoogleError videoNotFound, forbidden */
export function findOwnVideo(
  library: Library,
  id: string,
  domain: string,
  { channelId }: Pick<Shown, 'channelId'>,
): StoredVideo {
  const video = findVideo(library, id, domain);
  if (ownerOf(video) !== channelId) throw forbidden(domain);
  return video;
}

export const forbidden = (domain: string) =>
  new GoogleError(403, 'forbidden', 'The request is not properly authorized', domain);
