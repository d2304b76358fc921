import type { Signal } from '@preact/signals';
import { tell, tellProblem } from '../state/toasts.ts';
import { droppedFiles } from './dropped-files.ts';
import { addFiles } from './queue.ts';
import { isTrayOpen } from './upload-list.ts';

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
  if (files.length === 0) return void tell({ kind: 'problem', text: 'There is no recording in it: use .mov or .mp4.' });
  isTrayOpen.value = true;
  addFiles(files);
}
