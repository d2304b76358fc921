import {
  AV_CHANNEL_LAYOUT_MONO,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_SAMPLE_FMT_FLTP,
  FF_ENCODER_AAC,
} from 'node-av/constants';
import { Codec, CodecContext, FFmpegError, type FormatContext, Frame, Rational } from 'node-av/lib';
import { encodeInto } from './track.ts';

/** The sound pressure at a time in seconds, -1..1. */
export type Sound = (seconds: number) => number;

export interface AudioTrack {
  /** Adds sound until at least this moment. */
  fillTo(seconds: number): Promise<void>;
  finish(): Promise<void>;
}

const sampleRate = 44_100;

export async function audioTrack(container: FormatContext, sound: Sound): Promise<AudioTrack> {
  const codec = Codec.findEncoderByName(FF_ENCODER_AAC);
  if (!codec) throw new Error('there is no encoder for AAC');
  const encoder = new CodecContext();
  encoder.allocContext3(codec);
  encoder.sampleRate = sampleRate;
  encoder.sampleFormat = AV_SAMPLE_FMT_FLTP;
  encoder.channelLayout = AV_CHANNEL_LAYOUT_MONO;
  encoder.timeBase = new Rational(1, sampleRate);
  encoder.bitRate = 64_000n;
  encoder.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
  FFmpegError.throwIfError(await encoder.open2(codec), 'opening the sound encoder');
  const stream = container.newStream();
  FFmpegError.throwIfError(stream.codecpar.fromContext(encoder), 'describing the sound');
  stream.timeBase = encoder.timeBase;

  let written = 0;
  return {
    async fillTo(seconds) {
      while (written / sampleRate < seconds) {
        const samples = Float32Array.from({ length: encoder.frameSize }, (_, i) => sound((written + i) / sampleRate));
        const frame = Frame.fromAudioBuffer(Buffer.from(samples.buffer), {
          nbSamples: samples.length,
          format: AV_SAMPLE_FMT_FLTP,
          sampleRate,
          channelLayout: AV_CHANNEL_LAYOUT_MONO,
          pts: BigInt(written),
        });
        await encodeInto(container, stream, encoder, frame);
        frame.free();
        written += samples.length;
      }
    },
    async finish() {
      await encodeInto(container, stream, encoder, null);
      encoder.freeContext();
    },
  };
}
