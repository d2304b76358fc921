import * as constants from 'node-av/constants';
import { avGetCodecName, avGetPixFmtName, type Frame, type Stream } from 'node-av/lib';
import type { RecordingInfo } from '../recording-info.ts';
import { orientationOf } from './orientation.ts';
import type { Recording } from './recording.ts';
import { pixelAspect, squared } from './square-pixels.ts';

/** FFmpeg's own names (libavutil/pixdesc.c), which its command line shows as `color_transfer`. */
const transferNames = new Map<number, string>([
  [constants.AVCOL_TRC_BT709, 'bt709'],
  [constants.AVCOL_TRC_GAMMA22, 'bt470m'],
  [constants.AVCOL_TRC_GAMMA28, 'bt470bg'],
  [constants.AVCOL_TRC_SMPTE170M, 'smpte170m'],
  [constants.AVCOL_TRC_LINEAR, 'linear'],
  [constants.AVCOL_TRC_IEC61966_2_1, 'iec61966-2-1'],
  [constants.AVCOL_TRC_BT2020_10, 'bt2020-10'],
  [constants.AVCOL_TRC_BT2020_12, 'bt2020-12'],
  [constants.AVCOL_TRC_SMPTE2084, 'smpte2084'],
  [constants.AVCOL_TRC_ARIB_STD_B67, 'arib-std-b67'],
]);

/**
 * What a recording's container says about it; its size is taken from its first picture, because the container's may be
 * wrong.
 */
export function describeRecording(recording: Recording, picture: Frame): RecordingInfo {
  const { video, durationSeconds } = recording;
  const { codecpar } = video;
  const { rotation, sideways } = orientationOf(video);
  const pixelFormat = avGetPixFmtName(codecpar.format as constants.AVPixelFormat) ?? 'unknown';
  const [width, height] = squared(picture, pixelAspect(video, picture));
  const info: RecordingInfo = {
    durationSeconds,
    width: sideways ? height : width,
    height: sideways ? width : height,
    rotation,
    codec: avGetCodecName(codecpar.codecId) ?? 'unknown',
    pixelFormat,
    bitDepth: bitDepthOf(video),
    frameRate: frameRate(recording),
    hasAudio: recording.hasAudio,
    sizeBytes: recording.sizeBytes,
    ...timesOf(recording),
  };
  const colorTransfer = transferNames.get(codecpar.colorTrc);
  if (colorTransfer) info.colorTransfer = colorTransfer;
  return info;
}

/** A mean frame rate that differs from the usual one by more than this factor comes from wrong lengths. */
const believable = 8;

function frameRate({ video, length, timeline }: Recording): number {
  const usual = 1 / length(timeline.interval);
  const told = [video.avgFrameRate, video.rFrameRate].find(({ num, den }) => num > 0 && den > 0);
  const mean = told ? told.num / told.den : usual;
  return mean > usual * believable || mean < usual / believable ? usual : mean;
}

/** Bits per colour component. */
export function bitDepthOf({ codecpar }: Stream): number {
  const name = avGetPixFmtName(codecpar.format as constants.AVPixelFormat) ?? '';
  return bitDepth(codecpar.bitsPerRawSample, name);
}

function bitDepth(rawBits: number, pixelFormat: string): number {
  const named = /(?:p0?|gray)(9|10|12|14|16)(?:le|be)$/.exec(pixelFormat)?.[1];
  return named ? Number(named) : rawBits > 0 ? rawBits : 8;
}

/** The times as recorded; from the video stream if the container has none. */
function timesOf(recording: Recording): Pick<RecordingInfo, 'quickTimeDate' | 'creationTime'> {
  const container = recording.container.metadata?.getAll() ?? {};
  const stream = recording.video.metadata?.getAll() ?? {};
  const quickTimeDate = container['com.apple.quicktime.creationdate'];
  const creationTime = container.creation_time ?? stream.creation_time;
  return {
    ...(quickTimeDate !== undefined && { quickTimeDate }),
    ...(creationTime !== undefined && { creationTime }),
  };
}
