import { effect } from '@preact/signals';
import { askPicture, pictures } from '../api.ts';
import { ownFirstFrame } from '../naming/own-first-frame.ts';
import { change, type Upload, uploads } from './upload-list.ts';

/** Bytes that must have arrived before the server is asked the first time. */
const enough = 1024 * 1024;

/**
 * Shows a picture of a recording: the browser's own, and where it cannot decode it, the server's, as soon as it can make
 * one of what has arrived. It is asked again each time twice as much is there, and at the end.
 */
export async function showFirstFrame(key: number, file?: File): Promise<void> {
  const own = file && (await ownFirstFrame(file));
  if (own) return change(key, { picture: own });
  let due = enough;
  let isAsking = false;
  let wasWhole = false;
  const stop = effect(() => {
    const upload = uploads.value.find((each) => each.key === key);
    if (!upload || upload.picture) return queueMicrotask(() => stop());
    const { id, sent } = upload;
    const isWhole = hasArrived(upload);
    if (!id || isAsking || wasWhole || (sent < due && !isWhole)) return;
    due = sent * 2;
    wasWhole = isWhole;
    isAsking = true;
    askPicture(pictures.upload(id))
      .then(
        ({ url }) => change(key, { picture: url }),
        () => undefined,
      )
      .finally(() => {
        isAsking = false;
        // More may have arrived meanwhile.
        change(key, {});
      });
  });
}

const hasArrived = ({ state, sent, bytes }: Upload) =>
  sent >= bytes && (state === 'unnamed' || state === 'started' || state === 'unfinished');
