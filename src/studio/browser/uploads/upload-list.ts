import { computed, effect, signal } from '@preact/signals';
import { holdsFiles } from '../state/reload.ts';

/**
 * - `queued`: waits for its turn
 * - `reading`, `sending`, `finishing`: under way
 * - `stalled`: no connection; it continues by itself
 * - `failed`: a person must do something
 * - `unfinished`: the server has a part of it, and this page does not have the file
 * - `started`: done
 */
export type UploadState =
  | 'queued'
  | 'reading'
  | 'sending'
  | 'stalled'
  | 'finishing'
  | 'failed'
  | 'unfinished'
  | 'started';

/** A recording on its way into the input folder. */
export interface Upload {
  /** Of this page. */
  readonly key: number;
  /** Of the server, once it knows it. */
  readonly id?: string | undefined;
  readonly name: string;
  readonly bytes: number;
  readonly sent: number;
  readonly state: UploadState;
  /** Bytes a second. */
  readonly speed?: number | undefined;
  readonly problem?: string | undefined;
  /** What became of it. */
  readonly note?: string | undefined;
  readonly videoId?: string | undefined;
  /** What is known of the file, to recognise it. */
  readonly known?: { readonly lastModified?: number | undefined; readonly digest: string } | undefined;
}

export type Change = Partial<Omit<Upload, 'key'>>;

export const uploads = signal<readonly Upload[]>([]);
export const isTrayOpen = signal(false);

const underWay: readonly UploadState[] = ['queued', 'reading', 'sending', 'stalled', 'finishing'];
export const isUnderWay = ({ state }: Pick<Upload, 'state'>) => underWay.includes(state);

effect(() => {
  holdsFiles.value = uploads.value.some((each) => isUnderWay(each) || (each.state === 'failed' && each.sent > 0));
});

/** All that is under way, together. */
export const total = computed(() => {
  const going = uploads.value.filter(isUnderWay);
  const sum = (of: (each: Upload) => number) => going.reduce((before, each) => before + of(each), 0);
  const [bytes, sent, speed] = [sum((each) => each.bytes), sum((each) => each.sent), sum((each) => each.speed ?? 0)];
  return {
    count: going.length,
    fraction: bytes > 0 ? sent / bytes : 0,
    secondsLeft: speed > 0 ? (bytes - sent) / speed : undefined,
    isStalled: going.some(({ state }) => state === 'stalled') && !going.some(({ state }) => state === 'sending'),
  };
});

let last = 0;

export function append(upload: Omit<Upload, 'key'>): number {
  last += 1;
  uploads.value = [...uploads.peek(), { ...upload, key: last }];
  return last;
}

export function change(key: number, how: Change): void {
  uploads.value = uploads.peek().map((each) => (each.key === key ? { ...each, ...how } : each));
}

export function drop(key: number): void {
  uploads.value = uploads.peek().filter((each) => each.key !== key);
}
