import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FormatContext } from 'node-av/lib';
import sharp from 'sharp';
import { audioTrack } from '../../src/media/encode/audio-track.ts';
import { type MovieSettings, writeMovie } from '../../src/media/encode/movie-writer.ts';

/** Upright size of the clips. */
export const clipSize = { width: 320, height: 180 };

export async function temporaryFolder(): Promise<{ path: (name: string) => string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'badminton-media-'));
  return { path: (name) => join(folder, name), remove: () => rm(folder, { recursive: true, force: true }) };
}

const bits = 10;
const block = 32;

/**
 * A frame that shows its number in black and white blocks, with its top left corner red and its top right corner blue.
 */
export function numberedFrame(number: number, { width, height } = clipSize): Uint8Array {
  const data = new Uint8Array(width * height * 3).fill(90);
  const fill = (left: number, top: number, right: number, bottom: number, colour: readonly number[]) => {
    for (let y = top; y < bottom; y += 1) {
      for (let x = left; x < right; x += 1) data.set(colour, (y * width + x) * 3);
    }
  };
  fill(0, 0, 40, 40, [200, 30, 30]);
  fill(width - 40, 0, width, 40, [30, 30, 200]);
  for (let bit = 0; bit < bits; bit += 1) {
    const value = (number >> bit) & 1 ? 235 : 20;
    fill(bit * block, 70, (bit + 1) * block, 120, [value, value, value]);
  }
  return data;
}

/** The number that a clip's frame shows, read from an upright JPEG: a file or its bytes. */
export async function shownNumber(file: string | Uint8Array): Promise<number> {
  const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
  let number = 0;
  for (let bit = 0; bit < bits; bit += 1) {
    const offset = (95 * info.width + bit * block + block / 2) * info.channels;
    if ((data[offset] ?? 0) > 128) number += 1 << bit;
  }
  return number;
}

export async function colourAt(file: string, x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
  const offset = (y * info.width + x) * info.channels;
  return [...data.subarray(offset, offset + 3)];
}

export interface ClipSettings extends Partial<MovieSettings> {
  seconds: number;
  draw?: (number: number) => Uint8Array;
  /** How many frame intervals the frame with this number is shown for; default one. */
  moments?: (number: number) => number;
}

/** Writes a clip of numbered frames: by default 30 a second, with a key frame every second and no sound. */
export async function writeClip(
  file: string,
  { seconds, draw = numberedFrame, moments = () => 1, ...settings }: ClipSettings,
): Promise<string> {
  const { fps = 30 } = settings;
  const movie = await writeMovie(file, {
    ...clipSize,
    fps,
    codec: 'h264',
    secondsBetweenKeyFrames: 1,
    rotation: 0,
    ...settings,
  });
  for (let [number, at] = [0, 0]; at < seconds * fps; at += moments(number++)) {
    await movie.addFrame(draw(number), moments(number));
  }
  await movie.finish();
  return file;
}

/** Writes a QuickTime file with sound only. */
export async function writeSound(file: string): Promise<string> {
  const container = new FormatContext();
  container.allocOutputContext2(null, 'mov', file);
  const audio = await audioTrack(container, (time) => Math.sin(time * 2000) / 3);
  await container.openOutput();
  await container.writeHeader();
  await audio.fillTo(2);
  await audio.finish();
  await container.writeTrailer();
  await container.closeOutput();
  return file;
}
