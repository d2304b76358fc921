import { AVERROR_EAGAIN, AVERROR_EOF } from 'node-av/constants';
import { type CodecContext, FFmpegError, type FormatContext, type Frame, Packet, type Stream } from 'node-av/lib';

/** Sends a frame (null at the end) through an encoder and writes what comes out to the container. */
export async function encodeInto(
  container: FormatContext,
  stream: Stream,
  encoder: CodecContext,
  frame: Frame | null,
): Promise<void> {
  FFmpegError.throwIfError(await encoder.sendFrame(frame), 'encoding');
  const packet = new Packet();
  packet.alloc();
  try {
    for (;;) {
      const code = await encoder.receivePacket(packet);
      if (code === AVERROR_EAGAIN || code === AVERROR_EOF) return;
      FFmpegError.throwIfError(code, 'encoding');
      packet.streamIndex = stream.index;
      packet.rescaleTs(encoder.timeBase, stream.timeBase);
      FFmpegError.throwIfError(await container.interleavedWriteFrame(packet), 'writing');
    }
  } finally {
    packet.free();
  }
}
