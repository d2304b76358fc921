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

export function nextScheme(): void {
  const isDark =
    scheme.peek() === 'dark' || (scheme.peek() === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  scheme.value = isDark ? 'light' : 'dark';
}
