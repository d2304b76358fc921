import { availableParallelism } from 'node:os';
import sharp from 'sharp';
import { scanKeyFrames } from '../../media/index.ts';
import type { StageContext } from '../context.ts';
import { medianBackground } from './background.ts';
import { type Foreground, foregroundOf } from './foreground.ts';
import { type Look, lookAt } from './look.ts';
import { type View, viewsOf } from './view.ts';

/** The whole recording, looked through once. All lists are in order of time, one entry a look. */
export interface Survey {
  readonly looks: readonly Look[];
  /** The same moments as JPEG pictures, for the pose model. */
  readonly pictures: readonly Uint8Array[];
  /** Pixels of these pictures. */
  readonly pictureSize: { readonly width: number; readonly height: number };
  readonly foregrounds: readonly Foreground[];
  readonly views: readonly View[];
  /** Whether there is an empty court to compare with: not with a camera in the hand. */
  readonly holdsStill: boolean;
}

/** The width at which the pose model still finds the players beyond the net. */
const pictureWidth = 512;
/** On a tripod 3 to 9 % of a picture differ from the empty court; in a moving hand most of it does. */
const stillShare = 0.2;

/** @param onFraction how much of the recording has been looked through, 0 to 1, and the number of key frames so far */
export async function surveyRecording(
  videoPath: string,
  signal: StageContext['signal'],
  onFraction: (fraction: number, keyFrames: number) => void,
): Promise<Survey> {
  const looks: Look[] = [];
  const pictures: Promise<Uint8Array>[] = [];
  let pictureSize = { width: 1, height: 1 };
  await scanKeyFrames(videoPath, {
    width: pictureWidth,
    signal,
    onFrame: async (frame) => {
      looks.push(lookAt(frame));
      const { data, width, height } = frame;
      pictureSize = { width, height };
      const picture = sharp(data, { raw: { width, height, channels: 3 } })
        .jpeg({ quality: 92 })
        .toBuffer();
      picture.catch(() => {});
      pictures.push(picture);
      // Raw frames must not pile up behind the encoder.
      await pictures.at(-1 - availableParallelism());
    },
    onProgress: (fraction) => onFraction(fraction, looks.length),
  });
  const background = medianBackground(looks);
  const foregrounds = looks.map((look) => foregroundOf(look, background));
  const holdsStill = median(foregrounds.map(({ share }) => share)) < stillShare;
  const [first] = looks;
  const views = holdsStill && first ? viewsOf(foregrounds, first.width, first.height) : looks.map(() => freeView);
  return { looks, pictures: await Promise.all(pictures), pictureSize, foregrounds, views, holdsStill };
}

const freeView: View = { clear: 1, strange: 0 };

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
