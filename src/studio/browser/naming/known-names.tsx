import { computed } from '@preact/signals';
import type { Match } from '../../../domain/match-words.ts';
import { videos } from '../state/live.ts';
import { uploads } from '../uploads/upload-list.ts';
import { matchOf, readName } from './naming.ts';

const most = 300;

/** Videos from before they told their match, by the name of their recording. */
const read = new Map<string, Match | undefined>();

function matchOfRecording(recording: string): Match | undefined {
  if (!read.has(recording)) read.set(recording, readName(recording));
  return read.get(recording);
}

/** Names in the matches that are being added, and of all videos, those of the latest first. */
const known = computed(() => {
  const added = uploads.value.filter(({ naming }) => !naming.isOpen.value).map(({ naming }) => matchOf(naming));
  const before = [...(videos.value?.values() ?? [])]
    .sort((a, b) => b.startedAt.localeCompare(a.startedAt))
    .map(({ match, recording }) => match ?? matchOfRecording(recording));
  const matches = [...added, ...before].flatMap((match) => match ?? []);
  const some = (names: readonly string[]) => [...new Set(names)].filter(Boolean).slice(0, most);
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
