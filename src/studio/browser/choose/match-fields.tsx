import type { Corrections } from '../../../domain/corrections.ts';
import {
  type Match,
  type MatchType,
  matchTypeLabel,
  matchTypes,
  maxPlayerLength,
  maxTournamentLength,
} from '../../../domain/match-words.ts';
import { matchUnder, teamsOf } from './typed-match.ts';

interface Props {
  readonly wishes: Corrections;
  /** The match without them. */
  readonly named: Match | undefined;
  /** Nothing is known without them. */
  readonly areRequired?: boolean;
  readonly onSet: (correction: Corrections) => void;
}

/** Type, players and tournament. */
export function MatchFields({ wishes, named, areRequired = false, onSet }: Props) {
  const match = matchUnder(wishes, named);
  const type = wishes.matchType ?? match?.matchType ?? 'md';
  const teams = teamsOf(wishes, match, type);
  const setPlayer = (team: number, player: number, name: string) => {
    const [first = [], second = []] = teams.map((names, at) =>
      at === team ? names.map((old, place) => (place === player ? name : old)) : names,
    );
    onSet({ matchType: type, teams: [first, second] });
  };
  return (
    <>
      <label>
        Type
        <select
          value={type}
          onChange={({ currentTarget }) => {
            const next = currentTarget.value as MatchType;
            onSet({ matchType: next, teams: teamsOf({ ...wishes, teams }, match, next) });
          }}
        >
          {matchTypes.map((each) => (
            <option key={each} value={each}>
              {matchTypeLabel(each)}
            </option>
          ))}
        </select>
      </label>
      <fieldset>
        <legend>Teams</legend>
        {teams.map((names, team) =>
          names.map((name, player) => (
            <input
              key={`${team}${player}`}
              aria-label={`Team ${team + 1}, player ${player + 1}`}
              placeholder={`Team ${team + 1}, player ${player + 1}`}
              list="known-players"
              autocomplete="off"
              required={areRequired}
              {...(areRequired && {
                maxLength: maxPlayerLength,
                pattern: '[^\\/<>]*',
                title: 'No slash, no < and no >',
              })}
              value={name}
              onInput={({ currentTarget }) => setPlayer(team, player, currentTarget.value)}
            />
          )),
        )}
      </fieldset>
      <label>
        Tournament
        <input
          list="known-tournaments"
          autocomplete="off"
          {...(areRequired && { maxLength: maxTournamentLength, pattern: '[^<>]*', title: 'No < and no >' })}
          value={wishes.tournament ?? match?.tournament ?? ''}
          onInput={({ currentTarget }) => onSet({ tournament: currentTarget.value })}
        />
      </label>
    </>
  );
}
