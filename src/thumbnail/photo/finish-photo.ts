import type { Memory } from '../memory.ts';
import type { CheckedRequest } from '../request.ts';
import type { Drawing } from '../templates/template.ts';
import { chooseCrop, personsCrop } from './choose-crop.ts';
import { cropAroundPlayers } from './crop-around-players.ts';
import { fileVersion } from './file-version.ts';
import { gradeAuto } from './grade-auto.ts';
import { gradeClassic } from './grade-classic.ts';
import { cutPhoto, type PixelBox, type Pixels, readPhoto } from './read-photo.ts';
import { findSaliency } from './saliency.ts';

/** A photo with the part of it that a design will show. */
export interface FramedPhoto {
  /** The part, in pixels of the photo. */
  readonly box: PixelBox;
  /** That part graded, at exactly `width` × `height` pixels. */
  finish(width: number, height: number): Promise<Pixels>;
}

/**
 * Reads a photo and chooses what of it is shown: what a person asked for, else the players, else where the action is.
 * That is the same for every size of the picture.
 * @throws StageError PICTURE_UNREADABLE
 */
export async function framePhoto(
  { photo: path, crop, players, grade }: CheckedRequest,
  { photo: place, covered, hidden }: Pick<Drawing, 'photo' | 'covered' | 'hidden'>,
  memory: Memory,
): Promise<FramedPhoto> {
  const version = await fileVersion(path);
  const photo = await memory.photos.get(version, () => readPhoto(path));
  const framing = JSON.stringify([version, crop, players, place.width, place.height, covered, hidden]);
  const box = await memory.crops.get(framing, async () => {
    const wish = { photo, shown: place, covered, hidden };
    if (crop) return personsCrop(crop, wish);
    return (players && cropAroundPlayers(players, wish)) ?? chooseCrop(findSaliency(photo.overview), wish);
  });
  return {
    box,
    finish: (width, height) =>
      memory.finished.get(JSON.stringify([framing, grade, width, height]), async () => {
        const cut = await cutPhoto(photo, box, width, height);
        const look = grade === 'auto' ? gradeAuto : gradeClassic;
        return look(cut, cut.data);
      }),
  };
}
