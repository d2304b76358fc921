import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { camcorderEnding, endsAsRecording } from '../domain/file-ending.ts';

/** Whether the name is a recording's; hidden files, such as unfinished copies, are not recordings. */
export function isRecordingName(file: string): boolean {
  return endsAsRecording(file) && !isHidden(file);
}

const isHidden = (file: string) => path.basename(file).startsWith('.');

/** The recordings in a folder, including those that links in it lead to, sorted by name. */
export async function recordingsIn(folder: string): Promise<string[]> {
  return (await lookInto(folder)).recordings;
}

export interface FolderContents {
  readonly recordings: string[];
  /** Files with a camcorder's ending, which are read only under another name. */
  readonly misnamed: string[];
}

/** What of interest lies in a folder, links in it included, by name. */
export async function lookInto(folder: string): Promise<FolderContents> {
  const entries = await readdir(folder, { withFileTypes: true });
  const filesWith = async (isWanted: (name: string) => boolean) => {
    const wanted = entries.filter(({ name }) => isWanted(name));
    return (await Promise.all(wanted.map((entry) => fileOf(folder, entry)))).flat().sort();
  };
  return {
    recordings: await filesWith(isRecordingName),
    misnamed: await filesWith((name) => camcorderEnding(name) !== undefined && !isHidden(name)),
  };
}

async function fileOf(folder: string, entry: Dirent): Promise<string | []> {
  const file = path.join(folder, entry.name);
  return entry.isFile() || (entry.isSymbolicLink() && (await leadsToAFile(file))) ? file : [];
}

async function leadsToAFile(link: string): Promise<boolean> {
  const found = await stat(link).catch(() => undefined);
  return found?.isFile() === true;
}
