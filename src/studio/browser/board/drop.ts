import { type Signal, signal } from '@preact/signals';
import { camcorderEnding, endsAsRecording, renamedToBeRead, staysAsItIs } from '../../../domain/file-ending.ts';
import { addressOf, go } from '../state/route.ts';
import { tell } from '../state/toasts.ts';

/** A recording on its way into the input folder. */
export interface Upload {
  readonly id: number;
  readonly name: string;
  /** 0 to 1. */
  readonly fraction: number;
  readonly stop: () => void;
}

export const uploads = signal<readonly Upload[]>([]);
const queue: File[] = [];
let running = 0;
let last = 0;
const atOnce = 2;
/** Milliseconds before retrying a file while others are sending theirs. */
const tooManyPause = 5000;

/** Copies files into the input folder, two at a time, and starts each. */
export function addFiles(files: Iterable<File>): void {
  for (const file of files) {
    if (endsAsRecording(file.name)) queue.push(file);
    else tell({ kind: 'problem', text: whyNotTaken(file.name) });
  }
  while (running < atOnce && queue.length > 0) void next();
}

function whyNotTaken(name: string): string {
  const ending = camcorderEnding(name);
  if (!ending) return `${name} is not a recording: use .mov or .mp4.`;
  return `${name} is not taken under this name. To publish it, ${renamedToBeRead(ending)}: ${staysAsItIs}.`;
}

async function next(): Promise<void> {
  const file = queue.shift();
  if (!file) return;
  running += 1;
  if ((await send(file)) === 'later') {
    await new Promise((resolve) => setTimeout(resolve, tooManyPause));
    queue.unshift(file);
  }
  running -= 1;
  void next();
}

/** Uses XMLHttpRequest, because fetch does not report how much has been sent. */
function send(file: File): Promise<'sent' | 'later'> {
  last += 1;
  const id = last;
  const request = new XMLHttpRequest();
  let isStopped = false;
  request.addEventListener('abort', () => {
    isStopped = true;
  });
  const show = (fraction: number) => {
    uploads.value = [
      ...uploads.peek().filter((each) => each.id !== id),
      { id, name: file.name, fraction, stop: () => request.abort() },
    ].sort((a, b) => a.id - b.id);
  };
  show(0);
  request.open('PUT', `/api/recordings/${encodeURIComponent(file.name)}`);
  request.setRequestHeader('content-type', 'application/octet-stream');
  request.upload.addEventListener('progress', ({ loaded, total }) => show(total > 0 ? loaded / total : 0));
  return new Promise((resolve) => {
    request.addEventListener('loadend', () => {
      uploads.value = uploads.peek().filter((each) => each.id !== id);
      if (request.status === 429) return resolve('later');
      report(file.name, request, isStopped);
      resolve('sent');
    });
    request.send(file);
  });
}

interface Reply {
  readonly outcome?: { readonly kind: string; readonly videoId?: string; readonly note?: string };
  readonly problem?: string;
}

function report(name: string, request: XMLHttpRequest, isStopped: boolean): void {
  const reply = parse(request.responseText);
  const { outcome, problem } = reply;
  if (request.status === 201 && outcome && outcome.kind !== 'failed') {
    const text = outcome.note
      ? `${name}: ${outcome.note}`
      : outcome.kind === 'joined'
        ? `${name} is already in progress.`
        : `Started: ${name}`;
    const { videoId } = outcome;
    tell({ kind: 'done', text, ...(videoId && { button: { label: 'Show', press: () => go(addressOf(videoId)) } }) });
    return;
  }
  const why =
    problem ??
    outcome?.note ??
    (isStopped
      ? 'The copying was stopped.'
      : request.status === 0
        ? 'The connection to the studio was lost. Drop it again.'
        : 'The studio did not accept it.');
  tell({ kind: 'problem', text: `${name}: ${why}` });
}

function parse(text: string): Reply {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** Accepts files dropped anywhere on the page; `isOver` is true while they hover. */
export function receiveDrops(isOver: Signal<boolean>): () => void {
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  const over = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    isOver.value = true;
  };
  const leave = (event: DragEvent) => {
    if (event.relatedTarget === null) isOver.value = false;
  };
  const drop = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    isOver.value = false;
    addFiles(event.dataTransfer?.files ?? []);
  };
  addEventListener('dragover', over);
  addEventListener('dragleave', leave);
  addEventListener('drop', drop);
  return () => {
    removeEventListener('dragover', over);
    removeEventListener('dragleave', leave);
    removeEventListener('drop', drop);
  };
}
