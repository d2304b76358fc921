import { LRUCache } from 'lru-cache';
import type { Frame } from 'node-av/lib';
import type { Orientation } from './orientation.ts';
import { type Picture, type PictureMaker, pictureMaker } from './pictures.ts';

/** Each maker holds its own filters, a few megabytes; a page asks for few widths. */
const most = 4;

/** Makes pictures of several widths from frames of several sizes. */
export class PictureMakers {
  readonly #orientation: Orientation;
  readonly #makers = new LRUCache<string, PictureMaker>({ max: most, dispose: (maker) => maker.close() });

  constructor(orientation: Orientation) {
    this.#orientation = orientation;
  }

  /** @param width largest width of the upright picture, in pixels */
  make(frame: Frame, width: number): Promise<Picture> {
    const key = [frame.width, frame.height, frame.format, frame.colorTrc, frame.sampleAspectRatio.num, width].join(' ');
    let maker = this.#makers.get(key);
    if (!maker) {
      maker = pictureMaker({ orientation: this.#orientation, width });
      this.#makers.set(key, maker);
    }
    return maker.make(frame);
  }
}
