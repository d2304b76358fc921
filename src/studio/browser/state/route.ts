import { computed, signal } from '@preact/signals';
import { type Place, placeIn } from '../first-start/steps.ts';

export type Route =
  | { readonly page: 'home' }
  | { readonly page: 'board' }
  | { readonly page: 'settings' }
  | { readonly page: 'published' }
  | { readonly page: 'first-start'; readonly place: Place }
  | { readonly page: 'video'; readonly id: string };

const path = signal(location.pathname);
addEventListener('popstate', () => {
  path.value = location.pathname;
});

export const route = computed<Route>(() => {
  const [, id] = /^\/videos\/([^/]+)$/.exec(path.value) ?? [];
  if (id) return { page: 'video', id: decoded(id) };
  if (path.value === '/settings') return { page: 'settings' };
  if (path.value === '/published') return { page: 'published' };
  const [isFirstStart, part] = /^\/first-start(?:\/([^/]*))?$/.exec(path.value) ?? [];
  if (isFirstStart) return { page: 'first-start', place: placeIn(part) };
  return { page: path.value === '/board' ? 'board' : 'home' };
});

export const addressOf = (id: string) => `/videos/${encodeURIComponent(id)}`;

/** @param to may name a part of the page, which then shows that part itself */
export function go(to: string, { replace = false } = {}): void {
  if (to === path.value) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', to);
  path.value = location.pathname;
  scrollTo(0, 0);
}

/** For links: still lets the browser open new tabs as usual. */
export function follow(event: MouseEvent): void {
  const link = (event.currentTarget as HTMLAnchorElement).getAttribute('href');
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  go(link);
}

/** A truncated address may end in the middle of a character. */
function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
