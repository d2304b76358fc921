import { signal } from '@preact/signals';

/** So many pages are open that this one is not told of changes, in the server's words. */
export const crowd = signal<string | null>(null);
