import { computed } from '@preact/signals';
import { videos } from '../state/live.ts';

const most = 300;

/** Names in the matches of all videos, those of the latest first. */
const known = computed(() => {
  const matches = [...(videos.value?.values() ?? [])]
    .sort((a, b) => b.startedAt.localeCompare(a.startedAt))
    .flatMap(({ match }) => match ?? []);
  const some = (names: readonly string[]) => [...new Set(names)].slice(0, most);
  return {
    players: some(matches.flatMap(({ teams }) => teams.flat())),
    tournaments: some(matches.map(({ tournament }) => tournament)),
  };
});

/** What the fields of a match offer while somebody types: on the page once. */
export function KnownNames() {
  return (
    <>
      {(['players', 'tournaments'] as const).map((what) => (
        <datalist key={what} id={`known-${what}`}>
          {known.value[what].map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      ))}
    </>
  );
}
