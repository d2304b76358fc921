import { AV_NOPTS_VALUE, AVERROR_EAGAIN, AVERROR_EOF } from 'node-av/constants';
import { Codec, CodecContext, Dictionary, FFmpegError, Frame, type Packet, Rational } from 'node-av/lib';
import { decodingTimestamp, isShownAt } from './packets.ts';
import type { Recording } from './recording.ts';
import { notAVideo, unreadableVideo } from './refusals.ts';
import { pixelAspect } from './square-pixels.ts';

export interface Decoder {
  /**
   * Sends one packet, or null at the end, to the decoder and yields the frames that come out, in presentation order.
   * The caller frees each frame. Data that cannot be decoded is skipped.
   * @throws StageError DAMAGED_VIDEO if the first thousands of packets give no picture at all
   */
  decode(packet: Packet | null): AsyncGenerator<Frame>;
  /** Sets whether to leave out, from the next packet on, frames that no other frame needs. */
  leaveOut(unneeded: boolean): void;
  /** Discards the decoder's state before decoding continues elsewhere. */
  reset(): void;
}

/**
 * Packets to read beyond a moment, far more than any decoder holds back: if none of them has become a picture, later
 * ones say nothing about that moment.
 */
export const mostHeldBack = 100;

/** Packets that may be decoded before the first picture: a minute or two of a recording. */
const mostInVain = 3000;

// Broken data may make the decoder report an error again and again without ever asking for more.
const errorsInARow = 32;

export interface DecoderOptions {
  threads?: number;
  /** Skips the deblocking filter: a tenth faster, and invisible in a much smaller picture. */
  rough?: boolean;
}

/**
 * A software decoder for the recording's video stream.
 * @throws StageError NOT_A_VIDEO if there is no decoder for its codec
 */
export async function openDecoder(
  recording: Recording,
  { threads = 2, rough = false }: DecoderOptions = {},
): Promise<Decoder> {
  const { codecpar } = recording.video;
  const codec = Codec.findDecoder(codecpar.codecId);
  if (!codec) throw notAVideo(recording.path, 'its pictures are in a format that cannot be decoded');
  const context = new CodecContext();
  context.allocContext3(codec);
  FFmpegError.throwIfError(context.parametersToContext(codecpar), 'reading the codec parameters');
  context.pktTimebase = recording.video.timeBase;
  context.threadCount = threads;
  const options = Dictionary.fromObject(rough ? { skip_loop_filter: 'all' } : {});
  FFmpegError.throwIfError(await context.open2(codec, options), 'opening the decoder');

  /** Packets decoded without any picture; undefined once there has been one. */
  let inVain: number | undefined = 0;
  let lastDecoded: bigint | undefined;

  async function* framesOf(packet: Packet | null): AsyncGenerator<Frame> {
    await context.sendPacket(packet);
    for (let errors = 0; errors < errorsInARow; ) {
      const frame = new Frame();
      frame.alloc();
      const code = await context.receiveFrame(frame);
      if (code >= 0) {
        errors = 0;
        inVain = undefined;
        frame.timeBase = recording.video.timeBase;
        if (!isShownAt(recording, frameTimestamp(frame))) {
          frame.free();
          continue;
        }
        frame.sampleAspectRatio = ratioOf(pixelAspect(recording.video, frame));
        yield frame;
        continue;
      }
      frame.free();
      if (code === AVERROR_EAGAIN || code === AVERROR_EOF) return;
      errors += 1;
    }
  }

  /** Between two parts of an edit list, decoding jumps back to a picture unrelated to those before it. */
  function beginsAnew(packet: Packet): boolean {
    const decoded = decodingTimestamp(packet);
    const goesBack = lastDecoded !== undefined && decoded < lastDecoded;
    lastDecoded = decoded;
    return goesBack && recording.entryOf(packet).kind === 'whole';
  }

  return {
    async *decode(packet) {
      if (inVain !== undefined && ++inVain > mostInVain) {
        throw unreadableVideo(recording.path, `none of its first ${mostInVain} packets gave a picture`);
      }
      if (packet && beginsAnew(packet)) {
        yield* framesOf(null);
        context.flushBuffers();
      }
      yield* framesOf(packet);
    },
    leaveOut(unneeded) {
      FFmpegError.throwIfError(context.setOption('skip_frame', unneeded ? 'noref' : 'default'), 'setting the decoder');
    },
    reset() {
      lastDecoded = undefined;
      context.flushBuffers();
    },
  };
}

const ratioOf = (aspect: number) => new Rational(Math.round(aspect * 10_000), 10_000);

/** Presentation time of a frame in the stream's units. */
export function frameTimestamp(frame: Frame): bigint {
  // FFmpeg's best effort mistakes decoding times for presentation times when only key frames are decoded.
  return frame.pts === AV_NOPTS_VALUE ? frame.bestEffortTimestamp : frame.pts;
}
