import { AVMEDIA_TYPE_VIDEO } from 'node-av/constants';
import { Dictionary, FFmpegError, FormatContext, Packet, type Stream } from 'node-av/lib';

export interface RemuxOptions {
  /** FFmpeg's name for the container; chosen by the file name by default. */
  readonly format?: string;
  readonly muxer?: Readonly<Record<string, string>>;
  /** Seconds to subtract from all times; packets before 0 are kept, as with `ffmpeg -ss … -c copy`. */
  readonly earlier?: number;
  /** Which packets to keep, by number, counted from 0 in order. */
  readonly keeps?: (number: number) => boolean;
  /**
   * A file of the same size, codec and frame rate that follows in the same track; its headers are in the pictures
   * themselves.
   */
  readonly followedBy?: string;
}

/** Puts the video of a file into another container without encoding it again. */
export async function remux(from: string, to: string, options: RemuxOptions = {}): Promise<string> {
  const { format = null, muxer = {}, earlier = 0, keeps = () => true, followedBy } = options;
  const first = await openVideo(from);
  const output = new FormatContext();
  FFmpegError.throwIfError(output.allocOutputContext2(null, format, to), 'choosing the container');
  const stream = output.newStream();
  FFmpegError.throwIfError(first.video.codecpar.copy(stream.codecpar), 'describing the video');
  stream.codecpar.codecTag = 0;
  stream.timeBase = first.video.timeBase;
  stream.avgFrameRate = first.video.avgFrameRate;
  FFmpegError.throwIfError(await output.openOutput(), `opening ${to}`);
  FFmpegError.throwIfError(await output.writeHeader(Dictionary.fromObject({ ...muxer })), `writing ${to}`);

  async function append({ input, video }: OpenedVideo, later: number): Promise<void> {
    const offset = BigInt(Math.round(later / video.timeBase.toDouble()));
    const packet = new Packet();
    packet.alloc();
    for (let number = 0; (await input.readFrame(packet)) >= 0; packet.unref()) {
      if (packet.streamIndex !== video.index || !keeps(number++)) continue;
      packet.pts += offset;
      packet.dts += offset;
      packet.rescaleTs(video.timeBase, stream.timeBase);
      packet.streamIndex = stream.index;
      FFmpegError.throwIfError(await output.interleavedWriteFrame(packet), 'writing');
    }
    packet.free();
    await input.closeInput();
  }

  const length = Number(first.video.duration) * first.video.timeBase.toDouble();
  await append(first, -earlier);
  if (followedBy) await append(await openVideo(followedBy), length - earlier);
  FFmpegError.throwIfError(await output.writeTrailer(), `completing ${to}`);
  await output.closeOutput();
  output.freeContext();
  return to;
}

interface OpenedVideo {
  readonly input: FormatContext;
  readonly video: Stream;
}

async function openVideo(file: string): Promise<OpenedVideo> {
  const input = new FormatContext();
  FFmpegError.throwIfError(await input.openInput(`file:${file}`), `opening ${file}`);
  FFmpegError.throwIfError(await input.findStreamInfo(null), `reading ${file}`);
  const video = input.streams.find(({ codecpar }) => codecpar.codecType === AVMEDIA_TYPE_VIDEO);
  if (!video) throw new Error(`${file} has no video`);
  return { input, video };
}
