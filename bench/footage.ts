import { FFmpegError, FormatContext, Packet } from 'node-av/lib';
import { openRecording } from '../src/media/decode/recording.ts';
import { writeMovie } from '../src/media/encode/movie-writer.ts';
import { planMatch } from '../src/media/sample/match-plan.ts';
import { prepareMatch } from '../src/media/sample/scene.ts';

const size = { width: 1920, height: 1080 };
const fps = 30;

/** Draws a match at 1080p with the noise of a phone's sensor, so that decoding is as hard as the real thing. */
export async function drawNoisyMatch(file: string, seconds: number): Promise<void> {
  const draw = prepareMatch(size.width, size.height, planMatch(seconds, 1), 1);
  const movie = await writeMovie(file, { ...size, fps, codec: 'h264', secondsBetweenKeyFrames: 1, rotation: 0 });
  const noise = new Int8Array(2 ** 20 + 7).map((_, at) => (((at * 1103515245 + 12345) >>> 7) % 49) - 24);
  const noisy = new Uint8ClampedArray(size.width * size.height * 3);
  for (let frame = 0; frame < seconds * fps; frame++) {
    const picture = draw(frame / fps);
    const from = (frame * 7919) % noise.length;
    for (let at = 0; at < noisy.length; at++) {
      noisy[at] = (picture[at] ?? 0) + (noise[(from + at) % noise.length] ?? 0);
    }
    await movie.addFrame(noisy);
  }
  await movie.finish();
}

/** Repeats a recording's pictures so many times, without encoding them again. */
export async function repeatRecording(from: string, to: string, times: number): Promise<void> {
  const output = new FormatContext();
  FFmpegError.throwIfError(output.allocOutputContext2(null, 'mov', to), 'choosing the container');
  let written = output.newStream();
  for (let round = 0; round < times; round++) {
    const { container, video, durationSeconds, ticks } = await openRecording(from);
    if (round === 0) {
      FFmpegError.throwIfError(video.codecpar.copy(written.codecpar), 'describing the video');
      written.timeBase = video.timeBase;
      FFmpegError.throwIfError(await output.openOutput(), `opening ${to}`);
      FFmpegError.throwIfError(await output.writeHeader(), `writing ${to}`);
      written = output.streams?.[0] ?? written;
    }
    const shift = ticks(durationSeconds) * BigInt(round);
    const packet = new Packet();
    packet.alloc();
    while ((await container.readFrame(packet)) >= 0) {
      if (packet.streamIndex === video.index) {
        packet.pts += shift;
        packet.dts += shift;
        packet.streamIndex = 0;
        packet.rescaleTs(video.timeBase, written.timeBase);
        FFmpegError.throwIfError(await output.interleavedWriteFrame(packet), 'writing');
      }
      packet.unref();
    }
    packet.free();
    await container.closeInput();
  }
  FFmpegError.throwIfError(await output.writeTrailer(), `completing ${to}`);
  await output.closeOutput();
}
