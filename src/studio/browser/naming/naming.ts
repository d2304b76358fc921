import { effect, type Signal, signal } from '@preact/signals';
import type { Corrections } from '../../../domain/corrections.ts';
import { parseRecordingName } from '../../../domain/file-name.ts';
import { displayTeams, type Match } from '../../../domain/match-words.ts';
import { matchUnder } from '../choose/typed-match.ts';
import { draftOf, dropDraft, keepDraft } from './drafts.ts';
import { eveningTournament } from './evening.ts';

/** What a person says of a recording before it is started. */
export interface Naming {
  /** The match that the file's name describes. */
  readonly named: Match | undefined;
  /** YYYY-MM-DD on this device: when the file was last changed. */
  readonly changedOn: string;
  readonly typed: Signal<Corrections>;
  /** The person is at it: the video is not started yet. At first where the name describes no match. */
  readonly isOpen: Signal<boolean>;
  /** It is started, or removed: what was typed is of no use any more. */
  readonly forget: () => void;
}

export interface NamedFile {
  readonly name: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
}

/**
 * With what was typed of the same file before the page was reloaded.
 * @param isOpen where nothing was typed
 */
export function createNaming({ name, bytes, changedAt }: NamedFile, isOpen?: boolean): Naming {
  const named = readName(name);
  const file = JSON.stringify([name, bytes, Math.floor(changedAt)]);
  const before = draftOf(file);
  const naming = {
    ...{ named, changedOn: dayOf(new Date(changedAt)) },
    typed: signal(before?.typed ?? {}),
    isOpen: signal(before?.isOpen ?? isOpen ?? named === undefined),
  };
  let isFirst = true;
  const end = effect(() => {
    const draft = { typed: naming.typed.value, isOpen: naming.isOpen.value };
    if (!isFirst) keepDraft(file, draft);
    isFirst = false;
  });
  return {
    ...naming,
    forget() {
      end();
      dropDraft(file);
    },
  };
}

/** The match that a file's name describes. */
export function readName(fileName: string): Match | undefined {
  try {
    return parseRecordingName(fileName).match;
  } catch {
    return undefined;
  }
}

function dayOf(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** What the fields show: what was typed, and for a name without a match the tournament of the evening. */
export function wishesOf({ named, typed }: Naming): Corrections {
  const tournament = named ? undefined : eveningTournament.value;
  return { ...(tournament !== undefined && { tournament }), ...typed.value };
}

/** What the video is started with; undefined where the name says it all, or nothing is known. */
export function firstCorrections(naming: Naming): Corrections | undefined {
  const { tournament, ...wishes } = wishesOf(naming);
  // An empty one leaves it to the program.
  const said = { ...wishes, ...(tournament?.trim() && { tournament }) };
  const isNamed = naming.named !== undefined || said.teams !== undefined;
  return isNamed && Object.keys(said).length > 0 ? said : undefined;
}

/** The match that the video starts with, as far as it is known. */
export const matchOf = (naming: Naming): Match | undefined => matchUnder(wishesOf(naming), naming.named);

/** The same in words. */
export function matchWords(naming: Naming): string | undefined {
  const match = matchOf(naming);
  if (!match) return undefined;
  return [displayTeams(match.teams), match.tournament].filter(Boolean).join(' · ');
}

/** The person is done with it: the tournament is kept for the files that follow. */
export function settle(naming: Naming): void {
  const { tournament } = naming.typed.peek();
  // As it was shown: what is typed for the files that follow does not change it.
  naming.typed.value = wishesOf(naming);
  if (tournament?.trim()) eveningTournament.value = tournament.trim();
  naming.isOpen.value = false;
}

/** The file's name counts again; without one, the video asks for its match. */
export function leaveUnsaid(naming: Naming): void {
  naming.typed.value = {};
  naming.isOpen.value = false;
}
