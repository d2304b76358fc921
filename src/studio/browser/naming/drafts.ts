import type { Corrections } from '../../../domain/corrections.ts';

/** What a person has said of a recording that is not started yet. */
export interface Draft {
  readonly typed: Corrections;
  readonly isOpen: boolean;
}

const place = 'studio-drafts';

/** By file. They survive a reload of the tab, not its end. */
function drafts(): Record<string, Draft> {
  try {
    return JSON.parse(sessionStorage.getItem(place) ?? '{}');
  } catch {
    return {};
  }
}

const keep = (all: Record<string, Draft>) => sessionStorage.setItem(place, JSON.stringify(all));

export const draftOf = (file: string): Draft | undefined => drafts()[file];

export const keepDraft = (file: string, draft: Draft) => keep({ ...drafts(), [file]: draft });

export function dropDraft(file: string): void {
  const { [file]: _, ...rest } = drafts();
  keep(rest);
}
