import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { parseRecordingName } from '../../src/domain/file-name.ts';
import { preparedRecord, publicationRecord, thumbnailFile, thumbnailRecord } from '../../src/stages/records.ts';
import { sessionRecord } from '../../src/stages/upload/session-record.ts';
import type { Store } from '../../src/workspace/store.ts';
import { chunkUnitBytes } from '../../src/youtube/resumable/session.ts';

export interface ChaosRecording {
  readonly file: string;
  readonly videoId: string;
  readonly sha256: string;
}

/** Around the borders of one to three chunks. */
const sizes = [64, chunkUnitBytes - 1, chunkUnitBytes, chunkUnitBytes + 1, 2 * chunkUnitBytes + 1, 3 * chunkUnitBytes];

/** A recording that is ready to be published: the results of the earlier stages, without their work. */
export async function makeRecording(folder: string, number: number, store: Store): Promise<ChaosRecording> {
  const file = path.join(folder, 'input', `ms_An${number}vsBo_Chaos Cup ${number % 3}.mov`);
  mkdirSync(path.dirname(file), { recursive: true });
  const content = randomBytes((sizes[number % sizes.length] ?? 64) + number);
  writeFileSync(file, content);
  const workspace = await store.open(file, { line: `prepare-${number}`, place: [1, 1] });
  workspace.write(preparedRecord, {
    fingerprint: await store.recordings.fingerprint(file),
    recording: path.basename(file),
    videoPath: file,
    info: {
      durationSeconds: 60,
      width: 1280,
      height: 720,
      rotation: 0,
      codec: 'h264',
      frameRate: 30,
      hasAudio: true,
      sizeBytes: statSync(file).size,
    },
    recordedOn: '2026-11-21',
    match: parseRecordingName(file).match,
    alternatives: [],
  });
  const background = { r: number % 256, g: (number * 7) % 256, b: 90 };
  const picture = sharp({ create: { width: 64, height: 36, channels: 3, background } });
  await picture.jpeg().toFile(workspace.path(thumbnailFile));
  const shape = { template: 'sidebar', theme: 'blue', width: 64, height: 36 };
  workspace.write(thumbnailRecord, { ...shape, drawnFrom: `#${number}`, warnings: [] });
  return { file, videoId: workspace.videoId, sha256: createHash('sha256').update(content).digest('hex') };
}

/**
 * Simulates the loss of its folder: the records of its publish are gone. Spares a session whose last byte was
 * announced: without a person nobody could tell whether it became a video.
 * @returns whether there was anything
 */
export async function loseRecords({ file, videoId }: ChaosRecording, store: Store): Promise<boolean> {
  const all = [publicationRecord('local'), sessionRecord('local')];
  if (!all.some((kind) => existsSync(path.join(store.workspaceRoot, videoId, kind.file)))) return false;
  // As its newest attempt, so that no other attempt announces more in the meantime.
  const attempt = { line: `loses ${randomUUID()}`, place: [1, 1], lane: 'channel' } as const;
  const workspace = await store.open(file, attempt);
  const isCertain = store.uploads.find(videoId, 'local')?.sent !== 'all';
  const kinds = [publicationRecord('local'), ...(isCertain ? [sessionRecord('local')] : [])] as const;
  const there = kinds.filter((kind) => existsSync(workspace.path(kind.file)));
  for (const kind of there) workspace.remove<object>(kind);
  return there.length > 0;
}
