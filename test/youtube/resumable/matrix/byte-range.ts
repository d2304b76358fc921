export type ByteRange =
  | { readonly kind: 'question'; readonly size: number }
  /** The bytes `start` ≤ n < `end` of `size`. */
  | { readonly kind: 'chunk'; readonly start: number; readonly end: number; readonly size: number };

export function readByteRange(header: string | undefined): ByteRange | undefined {
  const question = /^bytes \*\/(\d+)$/.exec(header ?? '');
  if (question) return { kind: 'question', size: Number(question[1]) };
  const [, start, last, size] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(header ?? '') ?? [];
  if (start === undefined) return undefined;
  return { kind: 'chunk', start: Number(start), end: Number(last) + 1, size: Number(size) };
}
