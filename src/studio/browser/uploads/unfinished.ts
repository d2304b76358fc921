import { api, ask } from '../api.ts';
import { createNaming } from '../naming/naming.ts';
import { tell } from '../state/toasts.ts';
import { digestOf } from './digest.ts';
import { ownUploads } from './own-uploads.ts';
import { continueWith } from './queue.ts';
import { showFirstFrame } from './show-first-frame.ts';
import { append, change, isTrayOpen, type Upload, uploads } from './upload-list.ts';
import { size } from './words.ts';

/** Milliseconds without a byte after which nobody is sending it any more. */
const quietFor = 60_000;

/**
 * Lists what the server has a part of, and what nobody is sending. What this tab was sending before it was reloaded is
 * asked for at once: the page has lost its hold of the files.
 */
export async function readUnfinished(): Promise<void> {
  const { uploads: found } = await ask(api.uploads.$get());
  const own = ownUploads();
  const present = new Set(uploads.peek().map(({ id }) => id));
  for (const { id, name, bytes, offset, lastModified, digest, changedAt, isReceiving } of found) {
    const isQuiet = !isReceiving && Date.now() - Date.parse(changedAt) > quietFor;
    if (present.has(id) || !(own.has(id) || isQuiet)) continue;
    const naming = createNaming({ name, bytes, changedAt: lastModified ?? Date.parse(changedAt) });
    const known = { lastModified, digest };
    const isWhole = offset === bytes;
    // The page that sent it was waiting for its match.
    if (isWhole) naming.isOpen.value = true;
    const state = isWhole ? 'unnamed' : 'unfinished';
    void showFirstFrame(append({ id, name, bytes, sent: offset, state, naming, known }));
    if (own.has(id)) isTrayOpen.value = true;
  }
}

/** Continues the unfinished recordings that these files are; says of the others why they are not. */
export async function chooseAgain(files: Iterable<File>): Promise<void> {
  for (const file of files) {
    const named = uploads.peek().filter(({ state, name }) => state === 'unfinished' && name === file.name);
    if (named.length === 0) {
      tell({ kind: 'problem', text: `${file.name} is none of the unfinished recordings.` });
      continue;
    }
    const differences = await Promise.all(named.map((upload) => differenceOf(file, upload)));
    const at = differences.indexOf(undefined);
    const same = named[at];
    if (same) continueWith(same.key, file);
    else for (const [place, { key }] of named.entries()) change(key, { problem: differences[place] });
  }
}

/** Why it is not the file of which a part has arrived; undefined if it is. */
async function differenceOf(file: File, { name, bytes, known }: Upload): Promise<string | undefined> {
  const another = `That is another ${name}`;
  if (file.size !== bytes) return `${another}: it has ${size(file.size)}, not ${size(bytes)}.`;
  if (known?.lastModified !== undefined && known.lastModified !== file.lastModified) {
    const when = (time: number) => new Date(time).toLocaleString([], { dateStyle: 'medium', timeStyle: 'medium' });
    return `${another}: it was last changed ${when(file.lastModified)}, not ${when(known.lastModified)}.`;
  }
  const digest = await digestOf(file).catch(() => undefined);
  if (digest === undefined) return 'That file cannot be read.';
  return digest === known?.digest ? undefined : `${another}: its content is not the same.`;
}
