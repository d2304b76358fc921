import { AVMEDIA_TYPE_VIDEO } from 'node-av/constants';
import { Dictionary, FFmpegError, FormatContext, Packet } from 'node-av/lib';

/** Repeats the video of `from`, without re-encoding, until it is at least this many seconds long. */
export async function repeatMovie(from: string, to: string, seconds: number): Promise<void> {
  const output = new FormatContext();
  FFmpegError.throwIfError(output.allocOutputContext2(null, 'mov', to), 'choosing the container');
  const stream = output.newStream();
  let written = 0;
  let isOpen = false;
  while (written < seconds) {
    const input = new FormatContext();
    FFmpegError.throwIfError(await input.openInput(from), `opening ${from}`);
    FFmpegError.throwIfError(await input.findStreamInfo(null), `reading ${from}`);
    const source = input.streams.find(({ codecpar }) => codecpar.codecType === AVMEDIA_TYPE_VIDEO);
    if (!source) throw new Error(`${from} has no video`);
    if (!isOpen) {
      FFmpegError.throwIfError(source.codecpar.copy(stream.codecpar), 'describing the video');
      stream.timeBase = source.timeBase;
      stream.avgFrameRate = source.avgFrameRate;
      FFmpegError.throwIfError(await output.openOutput(), `opening ${to}`);
      FFmpegError.throwIfError(await output.writeHeader(new Dictionary()), `writing ${to}`);
      isOpen = true;
    }
    const length = Number(source.duration) * source.timeBase.toDouble();
    const offset = BigInt(Math.round(written / source.timeBase.toDouble()));
    const packet = new Packet();
    packet.alloc();
    for (; (await input.readFrame(packet)) >= 0; packet.unref()) {
      if (packet.streamIndex !== source.index) continue;
      packet.pts += offset;
      packet.dts += offset;
      packet.rescaleTs(source.timeBase, stream.timeBase);
      packet.streamIndex = stream.index;
      FFmpegError.throwIfError(await output.interleavedWriteFrame(packet), 'writing');
    }
    packet.free();
    await input.closeInput();
    written += length;
  }
  FFmpegError.throwIfError(await output.writeTrailer(), `completing ${to}`);
  await output.closeOutput();
  output.freeContext();
}
