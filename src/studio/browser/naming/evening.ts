import { effect, signal } from '@preact/signals';

const place = 'studio-tournament';
/** Milliseconds: longer than an evening, shorter than until the next. */
const evening = 12 * 3600_000;

/** The tournament that was typed last, this evening on this device. */
export const eveningTournament = signal(remembered());

effect(() => {
  const name = eveningTournament.value;
  if (name !== undefined) localStorage.setItem(place, JSON.stringify({ name, at: Date.now() }));
});

function remembered(): string | undefined {
  try {
    const { name, at } = JSON.parse(localStorage.getItem(place) ?? '{}');
    return typeof name === 'string' && Date.now() - at < evening ? name : undefined;
  } catch {
    return undefined;
  }
}
