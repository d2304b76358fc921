import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type VideoId, videoIdOf } from '../../src/domain/video-id.ts';
import { fingerprintFile } from '../../src/workspace/fingerprint.ts';
import { smallMatch } from '../../test/support/small-match.ts';

/** One content, wherever it lies. */
export interface Content {
  readonly name: string;
  readonly videoId: VideoId;
  readonly sha256: string;
  /** A copy that nobody touches. */
  readonly original: string;
}

/** A drawn match, with a box of random bytes after it that players skip: cheap, of any size, unlike any other. */
export async function makeContent(folder: string, name: string, padding: number): Promise<Content> {
  const drawn = await smallMatch(path.join(folder, 'drawn', name), { seed: 700, seconds: 2 });
  const original = path.join(folder, name);
  mkdirSync(folder, { recursive: true });
  copyFileSync(drawn, original);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(padding + 8 + 16);
  head.write('free', 4, 'latin1');
  appendFileSync(original, Buffer.concat([head, randomBytes(padding + 16)]));
  return { name, videoId: videoIdOf(await fingerprintFile(original)), sha256: sha256Of(original), original };
}

export const sha256Of = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
