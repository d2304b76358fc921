import { camcorderEnding } from '../../../domain/file-ending.ts';
import { isRecording } from './queue.ts';

/** Deep enough for a camera's card, and an end for a folder that contains itself. */
const deepest = 8;

/** The files that were dropped; of folders, the recordings in them. Must be called while the event is handled. */
export async function droppedFiles({ items, files }: DataTransfer): Promise<File[]> {
  const entries = [...items].map((item) => (item.kind === 'file' ? item.webkitGetAsEntry() : null));
  const plain = [...files];
  const found = await Promise.all(
    entries.map(async (entry, at) => {
      if (entry?.isDirectory) return recordingsIn(entry as FileSystemDirectoryEntry, deepest);
      return plain[at] ?? [];
    }),
  );
  return found.flat();
}

async function recordingsIn(folder: FileSystemDirectoryEntry, depth: number): Promise<File[]> {
  if (depth === 0) return [];
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  // A browser gives some at a time, and none at the end.
  for (let some = await next(reader); some.length > 0; some = await next(reader)) entries.push(...some);
  const found = await Promise.all(
    entries.map(async (entry) => {
      if (entry.isDirectory) return recordingsIn(entry as FileSystemDirectoryEntry, depth - 1);
      const file = await new Promise<File>((resolve, reject) =>
        (entry as FileSystemFileEntry).file(resolve, reject),
      ).catch(() => undefined);
      // A camcorder's is not taken, which is then said.
      return file && (isRecording(file) || camcorderEnding(file.name)) ? file : [];
    }),
  );
  return found.flat().sort((a, b) => a.name.localeCompare(b.name));
}

const next = (reader: FileSystemDirectoryReader) =>
  new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
