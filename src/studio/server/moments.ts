import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { shareWork } from '../../async/shared-work.ts';
import { extractFrames } from '../../media/index.ts';
import { frameName } from '../../stages/frame-name.ts';

/** Full-quality frames of the moments people look at, to draw previews from. */
export interface Moments {
  /** Path of a JPEG file. @throws StageError as `extractFrames` does */
  file(videoId: string, recording: string, atSeconds: number, signal: AbortSignal): Promise<string>;
}

const mostFiles = 48;

/**
 * @param folder holds a few dozen files at most; the least recently used are deleted, because they can be made again
 */
export function openMoments(folder: string): Moments {
  const making = shareWork<string>();
  return {
    async file(videoId, recording, atSeconds, signal) {
      const file = path.join(folder, `${videoId}-${frameName(atSeconds)}`);
      if (existsSync(file)) {
        await utimes(file, new Date(), new Date());
        return file;
      }
      return making.join(file, (shared) => make(file, recording, atSeconds, shared), signal);
    },
  };

  async function make(file: string, recording: string, time: number, signal: AbortSignal): Promise<string> {
    await mkdir(folder, { recursive: true });
    await extractFrames(recording, [{ time, file }], { signal });
    await dropOldest(folder);
    return file;
  }
}

async function dropOldest(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jpg'));
  if (names.length <= mostFiles) return;
  const files = await Promise.all(
    names.map(async (name) => {
      const file = path.join(folder, name);
      return { file, used: (await stat(file).catch(() => undefined))?.mtimeMs ?? 0 };
    }),
  );
  const oldest = files.toSorted((a, b) => a.used - b.used).slice(0, files.length - mostFiles);
  for (const { file } of oldest) await rm(file, { force: true });
}
