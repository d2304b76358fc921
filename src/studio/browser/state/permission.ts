import { signal } from '@preact/signals';

const isPossible = 'Notification' in globalThis;
/** Whether the browser lets this page notify. */
export const permission = signal<NotificationPermission | 'impossible'>(
  isPossible ? Notification.permission : 'impossible',
);

export async function allowNotifications(): Promise<void> {
  if (isPossible) permission.value = await Notification.requestPermission();
}
