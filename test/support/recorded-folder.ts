import { chmodSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { temporaryFolder } from './clean-up.ts';

export interface RecordedFolder {
  readonly dataFolder: string;
  /** What a paired phone has in its cookie. */
  readonly phone: string;
  /** Milliseconds since 1970. */
  readonly recordedAt: number;
}

/** A copy of a data folder left by an earlier version of the program; see scripts/record-data-folder.ts. */
export async function recordedFolder(t: TestContext, name = 'before-versions'): Promise<RecordedFolder> {
  const recorded = fileURLToPath(new URL(`../workspace/data-folders/${name}/`, import.meta.url));
  const dataFolder = await temporaryFolder(t);
  const inside = (file: string) => path.join(dataFolder, file);
  cpSync(recorded, dataFolder, { recursive: true });
  writeFileSync(inside('badminton.db'), gunzipSync(readFileSync(inside('badminton.db.gz'))));
  const { session, recordedAt } = JSON.parse(readFileSync(inside('phone.json'), 'utf8'));
  for (const each of ['badminton.db.gz', 'phone.json']) rmSync(inside(each));
  chmodSync(inside('studio/sessions.json'), 0o600);
  return { dataFolder, phone: session, recordedAt };
}
