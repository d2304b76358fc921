import type { InferResponseType } from 'hono/client';
import { api, ask, Refusal } from '../api.ts';
import { patience } from '../state/patience.ts';
import { digestOf } from './digest.ts';
import { openPace } from './pace.ts';
import { patiently } from './patiently.ts';
import { putPiece } from './put-piece.ts';
import type { Change } from './upload-list.ts';

type Outcome = NonNullable<InferResponseType<(typeof api.uploads)[':id']['finish']['$post'], 200>['outcome']>;

/** Milliseconds; starting a recording reads parts of it and asks Temporal. */
const finishPatience = 60_000;

export interface Sending {
  readonly signal: AbortSignal;
  /** Of the server, where an earlier attempt began it. */
  readonly id?: string | undefined;
  readonly show: (change: Change) => void;
  /** It is known to the server under this id. */
  readonly onBegun: (id: string) => void;
}

/**
 * Sends a file in pieces, from where the server has got to, and starts it.
 * @throws Refusal when a person must do something; AbortError
 */
export async function sendFile(file: File, { signal, id: before, show, onBegun }: Sending): Promise<Outcome> {
  const stalled = (refusal: Refusal) =>
    show({ state: 'stalled', speed: undefined, problem: refusal.status === 429 ? refusal.message : undefined });
  const persisting = { signal, onWait: stalled };
  const within = (milliseconds = patience.peek()) => ({
    init: { signal: AbortSignal.any([signal, AbortSignal.timeout(milliseconds)]) },
  });
  show({ state: 'reading', problem: undefined });
  const digest = await readable(digestOf(file));
  const { name, size: bytes, lastModified } = file;
  const begin = () => ask(api.uploads.$post({ json: { name, bytes, lastModified, digest } }, within()));
  const find = (id: string) => ask(api.uploads[':id'].$get({ param: { id } }, within()));
  const begun = await patiently(persisting, () => (before === undefined ? begin() : find(before).catch(orAnew(begin))));
  const { id } = begun;
  onBegun(id);
  const pace = openPace();
  let { offset } = begun;
  pace.arrived(offset, performance.now());
  while (offset < bytes) {
    offset = await patiently(persisting, async (tries) => {
      // After a failure only the server knows how far it has got.
      const from = tries === 0 ? offset : (await find(id)).offset;
      if (from >= bytes) return from;
      show({ state: 'sending', sent: from, problem: undefined });
      const piece = file.slice(from, from + pace.pieceBytes);
      await readable(piece.slice(0, 1).arrayBuffer());
      const onProgress = (sent: number) => show({ state: 'sending', sent: Math.min(from + sent, bytes) });
      return await putPiece({ id, offset: from, bytes: piece, signal, onProgress }).catch((error) => {
        // Another connection has brought more of it: the next attempt asks.
        throw error instanceof Refusal && error.status === 409 ? new Refusal(0, { problem: error.message }) : error;
      });
    });
    pace.arrived(offset, performance.now());
    show({ state: 'sending', sent: offset, speed: pace.speed });
  }
  show({ state: 'finishing', sent: bytes, speed: undefined });
  const { outcome } = await patiently(persisting, () =>
    ask(api.uploads[':id'].finish.$post({ param: { id }, json: {} }, within(finishPatience))),
  );
  return outcome as Outcome;
}

/** It was removed meanwhile, here or from another page. */
const orAnew =
  <T>(begin: () => Promise<T>) =>
  (error: unknown) => {
    if (error instanceof Refusal && error.status === 404) return begin();
    throw error;
  };

async function readable<T>(reading: Promise<T>): Promise<T> {
  return reading.catch(() => {
    throw new Refusal(400, {
      problem: 'The file can no longer be read on this device: it was moved or changed. Add it again.',
    });
  });
}
