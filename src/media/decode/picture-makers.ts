import type { Frame } from 'node-av/lib';
import type { Orientation } from './orientation.ts';
import { type Picture, type PictureMaker, pictureMaker } from './pictures.ts';

/** A maker holds filters of its own, some megabytes; a page asks for few widths. */
const most = 4;

/** Makes pictures of several widths, of frames of several sizes. */
export class PictureMakers {
  readonly #orientation: Orientation;
  readonly #makers = new Map<string, PictureMaker>();

  constructor(orientation: Orientation) {
    this.#orientation = orientation;
  }

  /** @param width what the upright picture is wide at most, in pixels */
  make(frame: Frame, width: number): Promise<Picture> {
    const key = [frame.width, frame.height, frame.format, frame.colorTrc, frame.sampleAspectRatio.num, width].join(' ');
    const maker = this.#makers.get(key) ?? pictureMaker({ orientation: this.#orientation, width });
    this.#makers.delete(key);
    this.#makers.set(key, maker);
    for (const [oldKey, old] of this.#makers) {
      if (this.#makers.size <= most) break;
      this.#makers.delete(oldKey);
      old.close();
    }
    return maker.make(frame);
  }
}
