import { type Signal, signal } from '@preact/signals';
import { tell, tellProblem } from '../state/toasts.ts';
import { droppedFiles } from './dropped-files.ts';
import { addFiles } from './queue.ts';
import { isTrayOpen } from './upload-list.ts';

/** A part of the page that takes a file of its own while it is shown, wherever on the page that is dropped. */
interface DropTaker {
  /** While something is held over the page. */
  readonly words: string;
  readonly takes: (file: File) => boolean;
  readonly take: (file: File) => void;
}

export const dropTaker = signal<DropTaker | undefined>(undefined);

/** Until the function returned is called. */
export function takeDrops(taker: DropTaker): () => void {
  dropTaker.value = taker;
  return () => {
    if (dropTaker.peek() === taker) dropTaker.value = undefined;
  };
}

/** Accepts files and folders dropped anywhere on the page; `isOver` is true while they hover. */
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
    if (!hasFiles(event) || !event.dataTransfer) return;
    event.preventDefault();
    isOver.value = false;
    droppedFiles(event.dataTransfer).then(add, tellProblem);
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

function add(files: readonly File[]): void {
  const taker = dropTaker.peek();
  const own = files.find((file) => taker?.takes(file));
  if (own) return void taker?.take(own);
  if (files.length === 0) return void tell({ kind: 'problem', text: 'There is no recording in it: use .mov or .mp4.' });
  isTrayOpen.value = true;
  addFiles(files);
}
