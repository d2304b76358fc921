import { StageError } from '../../domain/errors.ts';
import { blue } from './blue.ts';
import { purple } from './purple.ts';
import type { Theme } from './theme.ts';
import { white } from './white.ts';

const themes: readonly Theme[] = [blue, white, purple];

export const themeNames: readonly string[] = themes.map((theme) => theme.name);

/** The theme that goes with a tournament: friendly games white, tournaments purple, everything else blue. */
export function themeForTournament(tournament: string): string {
  const words = tournament.trim().toLowerCase();
  if (words.startsWith('tour')) return purple.name;
  if (words.startsWith('friendly')) return white.name;
  return blue.name;
}

/** @throws StageError TEMPLATE_UNKNOWN naming the themes there are. */
export function findTheme(name: string): Theme {
  const found = themes.find((theme) => theme.name === name);
  if (found) return found;
  throw new StageError('TEMPLATE_UNKNOWN', `There is no thumbnail theme "${name}".`, {
    remedy: 'fix',
    action: `Choose one of these themes: ${themeNames.join(', ')}.`,
  });
}
