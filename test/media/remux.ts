import { AVMEDIA_TYPE_VIDEO } from 'node-av/constants';
import { Dictionary, FFmpegError, FormatContext, Packet } from 'node-av/lib';

export interface RemuxOptions {
  /** FFmpeg's name of the container; by default what the file's name says. */
  readonly format?: string;
  readonly muxer?: Readonly<Record<string, string>>;
  /** Seconds that are taken from all times: what comes before 0 is kept, as by `ffmpeg -ss … -c copy`. */
  readonly earlier?: number;
  /** Which packets are kept, by number from 0 in their order. */
  readonly keeps?: (number: number) => boolean;
}

/** Puts the video of a file into another container, without encoding it anew. */
export async function remux(from: string, to: string, options: RemuxOptions = {}): Promise<string> {
  const { format = null, muxer = {}, earlier = 0, keeps = () => true } = options;
  const input = new FormatContext();
  FFmpegError.throwIfError(await input.openInput(`file:${from}`), `opening ${from}`);
  FFmpegError.throwIfError(await input.findStreamInfo(null), `reading ${from}`);
  const source = input.streams.find(({ codecpar }) => codecpar.codecType === AVMEDIA_TYPE_VIDEO);
  if (!source) throw new Error(`${from} has no video`);

  const output = new FormatContext();
  FFmpegError.throwIfError(output.allocOutputContext2(null, format, to), 'choosing the container');
  const stream = output.newStream();
  FFmpegError.throwIfError(source.codecpar.copy(stream.codecpar), 'describing the video');
  stream.codecpar.codecTag = 0;
  stream.timeBase = source.timeBase;
  stream.avgFrameRate = source.avgFrameRate;
  FFmpegError.throwIfError(await output.openOutput(), `opening ${to}`);
  FFmpegError.throwIfError(await output.writeHeader(Dictionary.fromObject({ ...muxer })), `writing ${to}`);

  const offset = BigInt(Math.round(earlier / source.timeBase.toDouble()));
  const packet = new Packet();
  packet.alloc();
  for (let number = 0; (await input.readFrame(packet)) >= 0; packet.unref()) {
    if (packet.streamIndex !== source.index || !keeps(number++)) continue;
    packet.pts -= offset;
    packet.dts -= offset;
    packet.rescaleTs(source.timeBase, stream.timeBase);
    packet.streamIndex = stream.index;
    FFmpegError.throwIfError(await output.interleavedWriteFrame(packet), 'writing');
  }
  packet.free();
  FFmpegError.throwIfError(await output.writeTrailer(), `completing ${to}`);
  await output.closeOutput();
  output.freeContext();
  await input.closeInput();
  return to;
}
