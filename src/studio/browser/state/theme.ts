import { effect, signal } from '@preact/signals';

const key = 'studio-scheme';
type Scheme = 'auto' | 'light' | 'dark';
const isScheme = (value: string | null): value is Scheme => value === 'auto' || value === 'light' || value === 'dark';

const saved = localStorage.getItem(key);
/** Light or dark; `auto` follows the system. */
export const scheme = signal<Scheme>(isScheme(saved) ? saved : 'auto');

effect(() => {
  document.documentElement.dataset.scheme = scheme.value;
  localStorage.setItem(key, scheme.value);
});

/** From the system's choice to the other one first, so that each press is seen, and around. */
export function nextScheme(): void {
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  const other = system === 'dark' ? 'light' : 'dark';
  scheme.value = scheme.peek() === 'auto' ? other : scheme.peek() === other ? system : 'auto';
}
