import { useSignal } from '@preact/signals';
import type { Corrections } from '../../../domain/corrections.ts';
import { parseRecordingName } from '../../../domain/file-name.ts';
import { fileNameOf } from '../../../domain/file-name-of.ts';
import { displayTeams } from '../../../domain/match-words.ts';
import { MatchFields } from '../choose/match-fields.tsx';
import { matchUnder } from '../choose/typed-match.ts';
import { tell } from '../state/toasts.ts';
import { words } from './words.ts';

const { recordings } = words;
const example = 'md_KhanhzLeovsHuyzViet_Friendly Game.mov';

/** Type, teams and tournament become the name of a file. */
export function NameBuilder() {
  const wishes = useSignal<Corrections>({});
  const match = matchUnder(wishes.value, undefined);
  const isWhole = match?.teams.every((team) => team.every((player) => player.trim() !== '')) ?? false;
  const name = match && isWhole ? fileNameOf(match) : example;
  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      tell({ kind: 'done', text: recordings.copied });
    } catch {
      tell({ kind: 'problem', text: recordings.notCopied });
    }
  };
  return (
    <div class="name-builder" role="group" aria-label={recordings.builder}>
      <div class="naming">
        <MatchFields
          wishes={wishes.value}
          named={undefined}
          onSet={(correction) => {
            wishes.value = { ...wishes.peek(), ...correction };
          }}
        />
      </div>
      <div class="built-name">
        <span class="soft">{isWhole ? recordings.nameOf : recordings.example}</span>
        <output>{name === undefined ? recordings.none : <NameAndMeaning name={name} />}</output>
        <button
          type="button"
          class="plain"
          disabled={!isWhole || name === undefined}
          onClick={() => void copy(name ?? '')}
        >
          {recordings.copy}
        </button>
      </div>
    </div>
  );
}

function NameAndMeaning({ name }: { readonly name: string }) {
  const { teams, tournament } = parseRecordingName(name).match;
  return (
    <>
      <code>{name}</code>
      <span class="soft">{recordings.becomes(displayTeams(teams), tournament)}</span>
    </>
  );
}
