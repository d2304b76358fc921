import { AV_NOPTS_VALUE, AVERROR_EAGAIN, AVERROR_EOF } from 'node-av/constants';
import { Codec, CodecContext, Dictionary, FFmpegError, Frame, type Packet, Rational } from 'node-av/lib';
import { decodingTimestamp, isShownAt } from './packets.ts';
import type { Recording } from './recording.ts';
import { notAVideo, unreadableVideo } from './refusals.ts';
import { pixelAspect } from './square-pixels.ts';

export interface Decoder {
  /**
   * Gives one packet, or null for the end, to the decoder and yields the frames that come out, in order of presentation.
   * The taker frees each. Data that cannot be decoded is skipped.
   * @throws StageError DAMAGED_VIDEO where thousands of packets have become no picture, and none ever did
   */
  decode(packet: Packet | null): AsyncGenerator<Frame>;
  /** Whether frames that no other needs are left out from the next packet on. */
  leaveOut(unneeded: boolean): void;
  /** Forgets what it has decoded, before it goes on elsewhere. */
  reset(): void;
}

/**
 * Packets beyond a moment, far more than any decoder holds back: if none of them has become a picture by then, what comes
 * after them tells nothing of that moment.
 */
export const mostHeldBack = 100;

/** Packets in a row of which not one becomes a picture, before any did: some minutes of a recording. */
const mostInVain = 3000;

// Broken data may make the decoder report an error again and again without ever asking for more.
const errorsInARow = 32;

export interface DecoderOptions {
  threads?: number;
  /** Leaves the edges of blocks unsmoothed: a tenth faster, and not seen in a much smaller picture. */
  rough?: boolean;
}

/**
 * A software decoder for the recording's video stream.
 * @throws StageError NOT_A_VIDEO when there is no decoder for its codec
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

  /** Packets that were decoded without any picture; undefined once there was one. */
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

  /** Between two parts of an edit list decoding goes back, to a picture that has nothing to do with those before it. */
  function beginsAnew(packet: Packet): boolean {
    const decoded = decodingTimestamp(packet);
    const goesBack = lastDecoded !== undefined && decoded < lastDecoded;
    lastDecoded = decoded;
    return goesBack && recording.entryOf(packet).kind === 'whole';
  }

  return {
    async *decode(packet) {
      if (inVain !== undefined && ++inVain > mostInVain) {
        throw unreadableVideo(
          recording.path,
          `not one picture came of its first ${mostInVain} packets that were decoded`,
        );
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
