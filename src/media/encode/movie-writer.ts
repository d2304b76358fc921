import { AV_LOG_ERROR, AV_PKT_DATA_DISPLAYMATRIX } from 'node-av/constants';
import { Dictionary, FFmpegError, FormatContext, Log } from 'node-av/lib';
import type { Rotation } from '../recording-info.ts';
import { audioTrack, type Sound } from './audio-track.ts';
import { type VideoTrackOptions, videoTrack } from './video-track.ts';

export interface MovieSettings extends VideoTrackOptions {
  /** Clockwise degrees by which a player turns the stored picture; frames are still added upright. */
  rotation: Rotation;
  /** ISO 8601 with a time zone. */
  creationTime?: string | undefined;
  /** The sound at each moment; without it, the movie has no audio stream. */
  sound?: Sound | undefined;
  /** Puts the index before the pictures, as on the web; phones put it last. */
  indexFirst?: boolean | undefined;
}

export interface MovieWriter {
  /**
   * Adds an upright RGB frame, `height × width × 3` bytes; they must not change until the promise settles.
   * @param moments how many frame intervals it is shown for, default one: a movie may have a variable frame rate
   */
  addFrame(data: Uint8Array | Uint8ClampedArray, moments?: number): Promise<void>;
  /** Completes the file. */
  finish(): Promise<void>;
}

/** Writes a QuickTime movie (.mov) of RGB frames. @throws FFmpegError if the file cannot be written */
export async function writeMovie(file: string, settings: MovieSettings): Promise<MovieWriter> {
  Log.setLevel(AV_LOG_ERROR);
  const container = new FormatContext();
  FFmpegError.throwIfError(container.allocOutputContext2(null, 'mov', file), 'choosing the container');
  const video = await videoTrack(container, settings);
  if (settings.rotation !== 0) {
    video.stream.codecpar.addCodedSideData(AV_PKT_DATA_DISPLAYMATRIX, displayMatrix(settings.rotation));
  }
  const audio = settings.sound && (await audioTrack(container, settings.sound));
  if (settings.creationTime) container.metadata = timeMetadata(settings.creationTime);
  FFmpegError.throwIfError(await container.openOutput(), `opening ${file}`);
  const flags = settings.indexFirst ? 'use_metadata_tags+faststart' : 'use_metadata_tags';
  FFmpegError.throwIfError(await container.writeHeader(Dictionary.fromObject({ movflags: flags })), `writing ${file}`);

  let frames = 0;
  const seconds = () => frames / settings.fps;
  return {
    async addFrame(data, moments = 1) {
      await video.add(data, frames);
      frames += moments;
      await audio?.fillTo(seconds());
    },
    async finish() {
      await video.finish();
      await audio?.finish();
      FFmpegError.throwIfError(await container.writeTrailer(), `completing ${file}`);
      await container.closeOutput();
      container.freeContext();
    },
  };
}

/**
 * The track's matrix as FFmpeg keeps it: nine 32-bit numbers in 16.16 fixed point, except the last column, which is
 * 2.30.
 */
function displayMatrix(rotation: Rotation): Buffer {
  const [cos, sin] = { 0: [1, 0], 90: [0, 1], 180: [-1, 0], 270: [0, -1] }[rotation] as [number, number];
  const one = 1 << 16;
  const matrix = Buffer.alloc(36);
  const values = [cos * one, sin * one, 0, -sin * one, cos * one, 0, 0, 0, 1 << 30];
  for (const [i, value] of values.entries()) matrix.writeInt32LE(value, i * 4);
  return matrix;
}

/** The container stores times in UTC; the time zone goes where phones put it. */
function timeMetadata(creationTime: string): Dictionary {
  return Dictionary.fromObject({
    creation_time: new Date(creationTime).toISOString(),
    'com.apple.quicktime.creationdate': creationTime.replace(/([+-]\d\d):(\d\d)$/, '$1$2'),
  });
}
