import { AV_NOPTS_VALUE, AVERROR_EAGAIN, AVERROR_EOF } from 'node-av/constants';
import { Codec, CodecContext, Dictionary, FFmpegError, Frame, type Packet, Rational } from 'node-av/lib';
import type { Recording } from './recording.ts';
import { notAVideo } from './refusals.ts';
import { pixelAspect } from './square-pixels.ts';

export interface Decoder {
  /**
   * Gives one packet, or null for the end, to the decoder and yields the frames that come out, in order of presentation.
   * The taker frees each. Data that cannot be decoded is skipped.
   */
  decode(packet: Packet | null): AsyncGenerator<Frame>;
  /** Whether frames that no other needs are left out from the next packet on. */
  leaveOut(unneeded: boolean): void;
  /** Forgets what it has decoded, before it goes on elsewhere. */
  reset(): void;
}

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

  return {
    async *decode(packet) {
      await context.sendPacket(packet);
      for (let errors = 0; errors < errorsInARow; ) {
        const frame = new Frame();
        frame.alloc();
        const code = await context.receiveFrame(frame);
        if (code >= 0) {
          errors = 0;
          frame.timeBase = recording.video.timeBase;
          frame.sampleAspectRatio = ratioOf(pixelAspect(recording.video, frame));
          yield frame;
          continue;
        }
        frame.free();
        if (code === AVERROR_EAGAIN || code === AVERROR_EOF) return;
        errors += 1;
      }
    },
    leaveOut(unneeded) {
      FFmpegError.throwIfError(context.setOption('skip_frame', unneeded ? 'noref' : 'default'), 'setting the decoder');
    },
    reset: () => context.flushBuffers(),
  };
}

const ratioOf = (aspect: number) => new Rational(Math.round(aspect * 10_000), 10_000);

/** Presentation time of a frame in the stream's units. */
export function frameTimestamp(frame: Frame): bigint {
  // FFmpeg's best effort mistakes decoding times for presentation times when only key frames are decoded.
  return frame.pts === AV_NOPTS_VALUE ? frame.bestEffortTimestamp : frame.pts;
}
