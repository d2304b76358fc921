import { FilterAPI } from 'node-av/api';
import {
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PIX_FMT_RGB24,
  AV_PIX_FMT_YUV420P,
  AV_PIX_FMT_YUV420P10LE,
  AVCOL_PRI_BT709,
  AVCOL_PRI_BT2020,
  AVCOL_RANGE_JPEG,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_SPC_BT2020_NCL,
  AVCOL_TRC_ARIB_STD_B67,
  AVCOL_TRC_BT709,
  AVCOL_TRC_SMPTE2084,
  FF_ENCODER_LIBX264,
  FF_ENCODER_LIBX265,
} from 'node-av/constants';
import {
  Codec,
  CodecContext,
  Dictionary,
  FFmpegError,
  type FormatContext,
  Frame,
  Rational,
  type Stream,
} from 'node-av/lib';
import type { Rotation } from '../recording-info.ts';
import { encodeInto } from './track.ts';

export interface VideoTrackOptions {
  /** Size of the upright picture in pixels; even numbers. */
  width: number;
  height: number;
  fps: number;
  codec: 'h264' | 'hevc';
  /** HDR is written with 10 bits and needs `hevc`. */
  dynamicRange?: 'standard' | 'hlg' | 'pq' | undefined;
  /** Whether the movie names the matrix and curve of its colours; some cameras leave them out. Default true. */
  namesColours?: boolean | undefined;
  secondsBetweenKeyFrames: number;
  rotation: Rotation;
  /** The encoder's constant rate factor: higher is smaller and coarser; 22 for H.264 and 24 for HEVC by default. */
  rateFactor?: number | undefined;
  /** Further parameters of x264 or x265: `name=value:name=value`. */
  parameters?: string | undefined;
}

export interface VideoTrack {
  stream: Stream;
  add(data: Uint8Array | Uint8ClampedArray, number: number): Promise<void>;
  finish(): Promise<void>;
}

export async function videoTrack(container: FormatContext, settings: VideoTrackOptions): Promise<VideoTrack> {
  const { width, height } = settings;
  const codec = Codec.findEncoderByName(settings.codec === 'h264' ? FF_ENCODER_LIBX264 : FF_ENCODER_LIBX265);
  if (!codec) throw new Error(`there is no encoder for ${settings.codec}`);
  const encoder = new CodecContext();
  encoder.allocContext3(codec);
  describePictures(encoder, settings);
  // Two threads on any machine: with x264, the bytes depend on the number of threads.
  encoder.threadCount = 2;
  encoder.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
  FFmpegError.throwIfError(await encoder.open2(codec, encoderOptions(settings)), 'opening the encoder');
  const stream = container.newStream();
  FFmpegError.throwIfError(stream.codecpar.fromContext(encoder), 'describing the video');
  stream.timeBase = encoder.timeBase;
  stream.avgFrameRate = encoder.framerate;

  const filter = FilterAPI.create(storageFilters(settings), { threads: 1 });
  // One frame object for all frames: many megabytes a second would strain the garbage collector.
  const drawn = new Frame();
  drawn.alloc();
  drawn.width = width;
  drawn.height = height;
  drawn.format = AV_PIX_FMT_RGB24;
  drawn.colorRange = AVCOL_RANGE_JPEG;
  drawn.timeBase = encoder.timeBase;
  FFmpegError.throwIfError(drawn.getBuffer(), 'making room for a frame');
  return {
    stream,
    async add(data, number) {
      FFmpegError.throwIfError(drawn.makeWritable(), 'making room for a frame');
      FFmpegError.throwIfError(
        drawn.fromBuffer(Buffer.from(data.buffer, data.byteOffset, data.byteLength)),
        'copying a frame',
      );
      drawn.pts = BigInt(number);
      const frames = await filter.processAll(drawn);
      for (const frame of frames) {
        await encodeInto(container, stream, encoder, frame);
        frame.free();
      }
    },
    async finish() {
      await encodeInto(container, stream, encoder, null);
      drawn.free();
      filter.close();
      encoder.freeContext();
    },
  };
}

function describePictures(
  encoder: CodecContext,
  { width, height, fps, rotation, ...settings }: VideoTrackOptions,
): void {
  const { dynamicRange, namesColours = true } = settings;
  const sideways = rotation % 180 === 90;
  const isHdr = dynamicRange === 'hlg' || dynamicRange === 'pq';
  encoder.width = sideways ? height : width;
  encoder.height = sideways ? width : height;
  encoder.timeBase = new Rational(1, fps);
  encoder.framerate = new Rational(fps, 1);
  encoder.pixelFormat = isHdr ? AV_PIX_FMT_YUV420P10LE : AV_PIX_FMT_YUV420P;
  if (!namesColours) return;
  encoder.colorRange = AVCOL_RANGE_MPEG;
  encoder.colorSpace = isHdr ? AVCOL_SPC_BT2020_NCL : AVCOL_SPC_BT709;
  encoder.colorPrimaries = isHdr ? AVCOL_PRI_BT2020 : AVCOL_PRI_BT709;
  encoder.colorTrc = { standard: AVCOL_TRC_BT709, hlg: AVCOL_TRC_ARIB_STD_B67, pq: AVCOL_TRC_SMPTE2084 }[
    dynamicRange ?? 'standard'
  ];
}

function encoderOptions({
  codec,
  fps,
  secondsBetweenKeyFrames,
  rateFactor,
  parameters,
}: VideoTrackOptions): Dictionary {
  const frames = Math.max(1, Math.round(fps * secondsBetweenKeyFrames));
  const own = `keyint=${frames}:min-keyint=${frames}:scenecut=0${parameters ? `:${parameters}` : ''}`;
  const crf = String(rateFactor ?? (codec === 'h264' ? 22 : 24));
  return codec === 'h264'
    ? Dictionary.fromObject({ preset: 'veryfast', crf, 'x264-params': own })
    : Dictionary.fromObject({ preset: 'ultrafast', crf, 'x265-params': `${own}:log-level=none:pools=2` });
}

/** Turns an upright RGB frame into what is stored: colours, and the rotation that the player undoes. */
function storageFilters({ rotation, dynamicRange = 'standard' }: VideoTrackOptions): string {
  const filters = ['scale=out_color_matrix=bt709:out_range=tv', 'format=yuv420p'];
  filters.push(...{ 0: [], 90: ['transpose=cclock'], 180: ['hflip', 'vflip'], 270: ['transpose=clock'] }[rotation]);
  if (dynamicRange !== 'standard') {
    const transfer = dynamicRange === 'pq' ? 'smpte2084' : 'arib-std-b67';
    // White goes to 203 cd/m², which is paper white in HDR (ITU-R BT.2408).
    filters.push(
      'setparams=colorspace=bt709:color_primaries=bt709:color_trc=iec61966-2-1:range=tv',
      'zscale=t=linear:npl=203',
      'format=gbrpf32le',
      `zscale=t=${transfer}:p=bt2020:m=bt2020nc:r=limited:npl=203`,
      'format=yuv420p10le',
    );
  }
  return filters.join(',');
}
