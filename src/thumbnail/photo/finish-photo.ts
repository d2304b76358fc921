import type { Memory } from '../memory.ts';
import type { CheckedRequest } from '../request.ts';
import type { Box, Drawing } from '../templates/template.ts';
import { chooseCrop, personsCrop } from './choose-crop.ts';
import { cropAroundPlayers } from './crop-around-players.ts';
import { fileVersion } from './file-version.ts';
import { gradeAuto } from './grade-auto.ts';
import { gradeClassic } from './grade-classic.ts';
import type { Pixels } from './pixels.ts';
import { cutPhoto, type Photo, type PixelBox, readPhoto } from './read-photo.ts';
import { findSaliency } from './saliency.ts';
import { cutWidened, wideEnough, widenBox, widenSaliency } from './widen-photo.ts';

/** A photo with the part of it that a design will show. */
export interface FramedPhoto {
  /** The part, in pixels of the photo, which may have been widened. */
  readonly box: PixelBox;
  /** The part, as shares of the photo as it is: reaches past 0 and 1 where it was widened. */
  readonly crop: Box;
  /** That part, graded, at exactly `width` × `height` pixels. */
  finish(width: number, height: number): Promise<Pixels>;
}

/** A photo that is being decoded, and which version of its file that is. */
export interface OpenedPhoto {
  /** Rejects with StageError PICTURE_UNREADABLE. */
  readonly photo: Promise<Photo>;
  readonly version: string;
}

/**
 * Resolves as soon as another thread is decoding the photo, so that the caller can do other work meanwhile; never
 * rejects.
 */
export async function openPhoto(path: string, memory: Memory): Promise<OpenedPhoto> {
  const version = await fileVersion(path);
  const begun = Promise.withResolvers<void>();
  const photo = memory.photos.get(version, () => readPhoto(path, begun.resolve));
  const end = () => begun.resolve();
  photo.then(end, end);
  await begun.promise;
  return { photo, version };
}

/**
 * Chooses which part of a photo is shown: what a person asked for, else the players, else where the action is. The
 * choice is the same for every picture size.
 * @throws StageError PICTURE_UNREADABLE
 */
export async function framePhoto(
  opened: OpenedPhoto,
  { crop, players, grade }: Pick<CheckedRequest, 'crop' | 'players' | 'grade'>,
  { photo: place, covered, hidden }: Pick<Drawing, 'photo' | 'covered' | 'hidden'>,
  memory: Memory,
): Promise<FramedPhoto> {
  const { version } = opened;
  const photo = await opened.photo;
  const framing = JSON.stringify([version, crop, players, place.width, place.height, covered, hidden]);
  const plain = { photo, shown: place, covered, hidden };
  const wide = crop ? photo.width : wideEnough(players, plain);
  const box = await memory.crops.get(framing, async () => {
    if (crop) return personsCrop(crop, plain);
    const wish = { ...plain, photo: { width: wide, height: photo.height } };
    const around =
      players &&
      cropAroundPlayers(
        players.map((each) => widenBox(each, photo.width, wide)),
        wish,
      );
    return around ?? chooseCrop(widenSaliency(findSaliency(photo.overview), wide / photo.width), wish);
  });
  return {
    box,
    crop: {
      x: (box.x - (wide - photo.width) / 2) / photo.width,
      y: box.y / photo.height,
      width: box.width / photo.width,
      height: box.height / photo.height,
    },
    finish: (width, height) =>
      memory.finished.get(JSON.stringify([framing, grade, width, height]), async () => {
        const isPlain = wide === photo.width;
        const cut = await (isPlain ? cutPhoto(photo, box, width, height) : cutWidened(photo, wide, box, width, height));
        const look = grade === 'auto' ? gradeAuto : gradeClassic;
        return look(cut, cut.data);
      }),
  };
}
