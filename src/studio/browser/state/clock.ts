import { signal } from '@preact/signals';

/** Milliseconds since 1970, updated every second, for anything that counts down. */
export const now = signal(Date.now());
setInterval(() => {
  now.value = Date.now();
}, 1000);

/** `3 min`, `2 h 5 min`. */
export function ago(iso: string, at: number): string {
  const seconds = Math.max(0, Math.round((at - Date.parse(iso)) / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
}

/** `1:02.48`: a moment in a recording. */
export function clockTime(seconds: number, digits = 2): string {
  const whole = Math.floor(seconds / 60);
  const rest = (seconds - whole * 60).toFixed(digits).padStart(digits > 0 ? 3 + digits : 2, '0');
  const hours = Math.floor(whole / 60);
  return hours > 0 ? `${hours}:${String(whole % 60).padStart(2, '0')}:${rest}` : `${whole}:${rest}`;
}
