import { camcorderEnding, endsAsRecording, renamedToBeRead, staysAsItIs } from '../../../domain/file-ending.ts';
import { aboutFile } from '../../words-here.ts';
import { api, ask, Refusal } from '../api.ts';
import { createNaming, firstCorrections } from '../naming/naming.ts';
import { addressOf, go } from '../state/route.ts';
import { tell, tellProblem } from '../state/toasts.ts';
import { forgetOwn, rememberOwn } from './own-uploads.ts';
import { sendFile, startArrived } from './send-file.ts';
import { showFirstFrame } from './show-first-frame.ts';
import { append, type Change, change, drop, uploads } from './upload-list.ts';

const atOnce = 2;
const files = new Map<number, File>();
const sending = new Map<number, AbortController>();

/** Sends recordings to the input folder, two at a time, and starts each. */
export function addFiles(added: Iterable<File>): void {
  for (const file of added) {
    if (isHere(file)) tell({ kind: 'problem', text: `${file.name} is being sent already.` });
    else if (isRecording(file)) enqueue(file);
    else tell({ kind: 'problem', text: whyNotTaken(file.name) });
  }
  pump();
}

/** The same file as one that this page is sending. */
const isHere = ({ name, size, lastModified }: File) =>
  [...files.values()].some((each) => each.name === name && each.size === size && each.lastModified === lastModified);

export const isRecording = ({ name }: File) => endsAsRecording(name) && !name.startsWith('.');

function whyNotTaken(name: string): string {
  const ending = camcorderEnding(name);
  if (!ending) return `${name} is not a recording: use .mov or .mp4.`;
  return `${name} is not taken under this name. To publish it, ${renamedToBeRead(ending)}: ${staysAsItIs}.`;
}

function enqueue(file: File): void {
  const { name, size: bytes, lastModified } = file;
  const naming = createNaming({ name, bytes, changedAt: lastModified });
  const key = append({ name, bytes, sent: 0, state: 'queued', naming });
  files.set(key, file);
  void showFirstFrame(key, file);
}

/** Continues one of which the server has a part, now that its file is here again. */
export function continueWith(key: number, file: File): void {
  files.set(key, file);
  change(key, { state: 'queued', problem: undefined });
  pump();
}

export function retry(key: number): void {
  change(key, { state: 'queued', problem: undefined });
  pump();
}

/** The person has said which match it is: it is started as soon as it has arrived. */
export function startNamed(key: number): void {
  const { state } = uploads.peek().find((each) => each.key === key) ?? {};
  // What has arrived does not wait for others that are being sent.
  if (state === 'unnamed') void send(key);
  if (state === 'failed') retry(key);
}

/** Stops sending, and removes what has arrived. */
export async function remove(key: number): Promise<void> {
  const { id, name, naming } = uploads.peek().find((each) => each.key === key) ?? {};
  naming?.forget();
  sending.get(key)?.abort();
  files.delete(key);
  drop(key);
  pump();
  if (!id) return;
  forgetOwn(id);
  await ask(api.uploads[':id'].$delete({ param: { id } })).catch((error: Error) => {
    // It has gone already.
    if (!(error instanceof Refusal && error.status === 404))
      tellProblem(new Error(aboutFile(name ?? 'The upload', error.message)));
  });
}

function pump(): void {
  for (const { key, state } of uploads.peek()) {
    if (sending.size >= atOnce) return;
    if (state === 'queued' && !sending.has(key)) void send(key);
  }
}

async function send(key: number): Promise<void> {
  const file = files.get(key);
  const upload = uploads.peek().find((each) => each.key === key);
  if (!upload) return;
  const { id, name, naming, state } = upload;
  const ending = new AbortController();
  const { signal } = ending;
  sending.set(key, ending);
  const how = {
    signal,
    show: (next: Change) => !signal.aborted && change(key, next),
    mayStart: () => !naming.isOpen.peek() && { corrections: firstCorrections(naming) },
  };
  try {
    const outcome =
      id !== undefined && (state === 'unnamed' || !file)
        ? await startArrived(id, how)
        : file && (await sendFile(file, { ...how, id, onBegun: (id) => begun(key, id) }));
    if (!outcome) return void (signal.aborted || change(key, { state: 'unnamed', speed: undefined }));
    if (outcome.kind === 'failed') throw new Refusal(422, { problem: outcome.note ?? 'It could not be started.' });
    arrived(key, name, outcome);
  } catch (error) {
    if (!signal.aborted) {
      change(key, { state: 'failed', problem: (error as Error).message, speed: undefined });
      tellProblem(new Error(aboutFile(name, (error as Error).message)));
    }
  } finally {
    if (sending.get(key) === ending) sending.delete(key);
    pump();
  }
}

function begun(key: number, id: string): void {
  rememberOwn(id);
  change(key, { id });
  // The same file was added anew, instead of where it was asked for.
  for (const other of uploads.peek()) if (other.id === id && other.key !== key) drop(other.key);
}

interface Outcome {
  readonly kind: string;
  readonly videoId?: string | undefined;
  readonly note?: string | undefined;
}

function arrived(key: number, name: string, { kind, videoId, note }: Outcome): void {
  files.delete(key);
  const { id, naming } = uploads.peek().find((each) => each.key === key) ?? {};
  naming?.forget();
  if (id) forgetOwn(id);
  change(key, { state: 'started', note, videoId, problem: undefined });
  const text = note
    ? aboutFile(name, note)
    : kind === 'joined'
      ? `${name} is already in progress.`
      : `Started: ${name}`;
  tell({ kind: 'done', text, ...(videoId && { button: { label: 'Show', press: () => go(addressOf(videoId)) } }) });
}
