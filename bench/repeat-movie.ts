import { Dictionary, FFmpegError, FormatContext, Packet } from 'node-av/lib';

/** Writes the video of `from` again and again, without encoding anew, until it is at least that many seconds long. */
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
    const source = input.streams[0];
    if (!source) throw new Error(`${from} has no stream`);
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
    while ((await input.readFrame(packet)) >= 0) {
      packet.pts += offset;
      packet.dts += offset;
      packet.rescaleTs(source.timeBase, stream.timeBase);
      packet.streamIndex = 0;
      FFmpegError.throwIfError(await output.interleavedWriteFrame(packet), 'writing');
      packet.unref();
    }
    packet.free();
    await input.closeInput();
    written += length;
  }
  FFmpegError.throwIfError(await output.writeTrailer(), `completing ${to}`);
  await output.closeOutput();
  output.freeContext();
}
