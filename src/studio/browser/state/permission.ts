import { computed, signal } from '@preact/signals';
import { tell } from './toasts.ts';

const isPossible = 'Notification' in globalThis && isSecureContext;
/** Whether the browser lets this page notify. */
export const permission = signal<NotificationPermission | 'impossible'>(
  isPossible ? Notification.permission : 'impossible',
);

const key = 'studio-notifications';
const isWanted = signal(localStorage.getItem(key) !== 'off');

/** Whether this browser notifies; one that has blocked the page cannot be asked again by it. */
export const notifies = computed(() =>
  permission.value === 'granted' ? (isWanted.value ? 'on' : 'off') : permission.value === 'default' ? 'off' : 'blocked',
);

export const bellWords = {
  on: 'Notifications when a video waits: on',
  off: 'Notifications when a video waits: off',
  blocked: 'The browser blocks notifications of this page: allow them in its settings.',
};

export async function toggleNotifications(): Promise<void> {
  if (notifies.peek() === 'blocked') return void tell({ kind: 'problem', text: bellWords.blocked });
  const wanted = notifies.peek() === 'off';
  if (permission.peek() === 'default') permission.value = await Notification.requestPermission();
  isWanted.value = wanted;
  localStorage.setItem(key, wanted ? 'on' : 'off');
}
