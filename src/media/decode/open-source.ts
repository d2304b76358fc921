import { open } from 'node:fs/promises';
import { AV_DISPOSITION_ATTACHED_PIC, AVDISCARD_ALL, AVMEDIA_TYPE_AUDIO, AVMEDIA_TYPE_VIDEO } from 'node-av/constants';
import { Dictionary, FFmpegError, FormatContext, type Stream } from 'node-av/lib';
import { damagedVideo, fileUnreadable, notAVideo, unreadableVideo } from './refusals.ts';
import type { Source } from './source.ts';

// Lists and scripts (HLS, concat, …) would make FFmpeg open files other than the one it was given.
const containers = 'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg';

export interface OpenedSource {
  readonly source: Source;
  readonly hasAudio: boolean;
}

/**
 * Opens a container and finds its one video stream; every other stream is left unread.
 * @param options `readsAll`: an edit list shifts the times, but hides nothing that is stored
 * @throws StageError FILE_MISSING, NOT_A_VIDEO or DAMAGED_VIDEO
 */
export async function openSource(
  path: string,
  onPacket: () => void,
  { readsAll }: { readonly readsAll: boolean },
): Promise<OpenedSource> {
  const container = new FormatContext();
  // Without the prefix, a colon in the name would be taken for a protocol.
  const options = Dictionary.fromObject({
    format_whitelist: containers,
    protocol_whitelist: 'file',
    ...(readsAll && { advanced_editlist: '0' }),
  });
  const opened = await container.openInput(`file:${path}`, null, options);
  if (opened < 0) throw await refusedContainer(path, opened);
  const inspected = await container.findStreamInfo(null);
  if (inspected < 0) throw unreadableVideo(path, `its streams cannot be read (${FFmpegError.strerror(inspected)})`);

  const { video, hasAudio } = chooseStreams(path, container);
  const name = container.iformat?.name ?? '';
  const jumps = name.startsWith('mov') && video.nbFrames > 0n;
  return {
    hasAudio,
    source: { container, video, jumps, isStream: name.startsWith('mpeg'), shown: undefined, onPacket },
  };
}

function chooseStreams(path: string, container: FormatContext): { video: Stream; hasAudio: boolean } {
  const index = container.findBestStream(AVMEDIA_TYPE_VIDEO);
  const video = index < 0 ? undefined : container.streams[index];
  const others = container.streams.filter((stream) => stream.index !== index);
  const hasAudio = others.some((stream) => stream.codecpar.codecType === AVMEDIA_TYPE_AUDIO);
  if (!video || (video.disposition & AV_DISPOSITION_ATTACHED_PIC) !== 0) {
    throw notAVideo(path, hasAudio ? 'it holds sound only' : 'it holds no video stream');
  }
  if (video.nbFrames === 1n) throw notAVideo(path, 'it holds a single still image');
  if (video.codecpar.width <= 0 || video.codecpar.height <= 0) {
    throw unreadableVideo(path, 'no picture could be read from it');
  }
  for (const stream of others) stream.discard = AVDISCARD_ALL;
  return { video, hasAudio };
}

/** A QuickTime file starts with one of these atoms; if FFmpeg then finds no movie in it, the end is missing. */
const quickTimeAtoms = new Set(['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot']);

async function refusedContainer(path: string, code: number): Promise<Error> {
  const reason = FFmpegError.strerror(code);
  if (/permission/i.test(reason)) return fileUnreadable(path, reason);
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(8), 0, 8, 0);
    if (quickTimeAtoms.has(buffer.toString('latin1', 4, 8))) {
      return damagedVideo(path, 'its index (the moov atom) is missing, as after a copy that broke off');
    }
  } finally {
    await file.close();
  }
  return notAVideo(path, 'its contents are in no video format this program knows');
}
