import type { Colour } from '../thumbnail/themes/theme.ts';

export const colours = {
  paper: '#12161c',
  panel: '#1b222b',
  text: '#f2f5f8',
  muted: '#a3b1c0',
  line: '#33404e',
  curve: '#5aa9e6',
  rally: '#25394b',
  pick: '#ffc845',
  onPick: '#1a1405',
  rejected: '#ef6f6c',
} as const satisfies Record<string, Colour>;

/** Pixels of the sheet. */
export const sheetWidth = 1600;
export const margin = 40;
export const gap = 24;
export const innerWidth = sheetWidth - 2 * margin;

/** `4:07`, `1:02:33`; with tenths if requested. */
export function clock(seconds: number, tenths = false): string {
  const total = tenths ? Math.floor(seconds * 10) / 10 : Math.round(seconds);
  const [hours, minutes] = [Math.floor(total / 3600), Math.floor(total / 60) % 60];
  const rest = (total % 60).toFixed(tenths ? 1 : 0).padStart(tenths ? 4 : 2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}
