import { displayTeams, type Match } from '../../../domain/match-words.ts';

interface Props {
  readonly taken: Match | undefined;
  readonly others: readonly Match[];
  readonly onTake: (match: Match) => void;
}

/** Other ways to read the file name, one press away. */
export function OtherReadings({ taken, others, onTake }: Props) {
  if (others.length === 0) return null;
  return (
    <p class="hint">
      It was read as {taken && displayTeams(taken.teams)}. If that is wrong:{' '}
      {others.map((other) => (
        <button key={displayTeams(other.teams)} type="button" class="plain small" onClick={() => onTake(other)}>
          {displayTeams(other.teams)}
        </button>
      ))}
    </p>
  );
}
