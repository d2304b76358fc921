import { GoogleError } from './google-answer.ts';
import type { Library, StoredVideo } from './library.ts';

/** @throws GoogleError videoNotFound */
export function findVideo(library: Library, id: string, domain: string): StoredVideo {
  const video = library.get(id);
  if (!video) throw new GoogleError(404, 'videoNotFound', 'There is no such video', domain);
  return video;
}
