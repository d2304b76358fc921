import { signal } from '@preact/signals';

/** Ids of the videos that a person has ticked on the board. */
export const selected = signal<ReadonlySet<string>>(new Set());

/** Where a range begins: the last one ticked or unticked alone. */
let anchor: string | undefined;

/**
 * Ticks or unticks a video; with shift, all from the last one to this.
 * @param shown ids in the order of the list
 */
export function select(id: string, shown: readonly string[], isRange: boolean): void {
  const next = new Set(selected.peek());
  const isTicked = !next.has(id);
  const [from, to] = [shown.indexOf(anchor ?? id), shown.indexOf(id)];
  const range = isRange && from >= 0 ? shown.slice(Math.min(from, to), Math.max(from, to) + 1) : [id];
  for (const each of range) {
    if (isTicked) next.add(each);
    else next.delete(each);
  }
  anchor = id;
  selected.value = next;
}

export function selectOnly(ids: readonly string[]): void {
  anchor = undefined;
  selected.value = new Set(ids);
}
