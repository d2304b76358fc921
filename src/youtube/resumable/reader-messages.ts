/** Requests to the reader thread. Each request gets one answer with its `id`; a digest reports its progress before. */
export type ReaderRequest =
  | {
      readonly kind: 'open';
      readonly id: number;
      readonly file: number;
      readonly descriptor: number;
      /** The blocks that `read` fills, shared by both threads so that no byte is copied between them. */
      readonly blocks: readonly SharedArrayBuffer[];
    }
  | {
      readonly kind: 'read';
      readonly id: number;
      readonly file: number;
      readonly block: number;
      readonly position: number;
      readonly bytes: number;
    }
  | { readonly kind: 'digest'; readonly id: number; readonly file: number; readonly size: number }
  | { readonly kind: 'close'; readonly id: number; readonly file: number };

export type ReaderAnswer =
  | { readonly id: number; readonly outcome: 'done'; readonly sha256?: string }
  | { readonly id: number; readonly outcome: 'underway'; readonly bytes: number }
  | { readonly id: number; readonly outcome: 'truncated' }
  | { readonly id: number; readonly outcome: 'failed'; readonly error: unknown };
