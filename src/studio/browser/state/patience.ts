import { signal } from '@preact/signals';

/**
 * Milliseconds of silence after which a connection counts as lost: a network that breaks closes nothing. Two and a half
 * signs of life of the server, which says how often it gives one.
 */
export const patience = signal(25_000);

export const trustSignsOfLife = (every: number): void => {
  patience.value = every * 2.5;
};
