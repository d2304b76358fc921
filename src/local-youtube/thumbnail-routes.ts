import { Hono } from 'hono';
import type { LocalYouTubeEnv } from './env.ts';
import { findOwnVideo, findVideo } from './find-video.ts';
import { badRequest } from './google-answer.ts';
import type { Library } from './library.ts';
import { readBody } from './request-body.ts';
import { etag, type Shown, toThumbnails } from './video-resource.ts';

/** What YouTube Studio accepts; the API promises 2 MB. */
const largestBytes = 50_000_000;
const acceptedTypes = new Set(['image/jpeg', 'image/png', 'application/octet-stream']);

/** `thumbnails.set`, as a simple media upload. */
export function thumbnailRoutes(library: Library, shown: () => Shown): Hono<LocalYouTubeEnv> {
  const app = new Hono<LocalYouTubeEnv>();
  app.post('/set', async (c) => {
    if (c.req.query('uploadType') !== 'media') throw refuse('badRequest', 'Only uploadType=media');
    const id = c.req.query('videoId');
    if (!id) throw badRequest('missingRequiredParameter', 'The videoId parameter is required');
    findOwnVideo(library, id, 'youtube.thumbnail', shown());
    if (!acceptedTypes.has(c.req.header('content-type') ?? '')) {
      throw refuse('badContent', 'The Content-Type must be image/jpeg, image/png or application/octet-stream');
    }
    const picture = await readBody(c, largestBytes);
    if (picture.length === 0) throw refuse('mediaBodyRequired', 'The request has no picture');
    const contentType = pictureType(picture);
    if (!contentType) throw refuse('invalidImage', 'The content is neither a JPEG nor a PNG picture');

    await library.saveThumbnail(id, picture);
    // Looked up again: an update may have arrived along with the picture.
    const video = findVideo(library, id, 'youtube.thumbnail');
    const changed = { ...video, thumbnail: { contentType, version: (video.thumbnail?.version ?? 0) + 1 } };
    await library.save(changed);
    const items = [toThumbnails(changed, shown().rootUrl)];
    return c.json({ kind: 'youtube#thumbnailSetResponse', etag: etag(items), items });
  });
  return app;
}

/** Determined from the first bytes, not from what the request says. */
function pictureType(picture: Buffer): string | undefined {
  if (picture.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'image/jpeg';
  if (picture.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'))) return 'image/png';
  return undefined;
}

function refuse(reason: string, message: string) {
  return badRequest(reason, message, 'youtube.thumbnail');
}
