import { YouTubeAccount } from '../settings/youtube-account.tsx';
import { about } from '../state/about.ts';
import { words } from './words.ts';

/** A rehearsal at first; how the club signs in once it wants to publish. */
export function YouTubeStep() {
  return (
    <>
      <p>{about.value?.isRehearsal === false ? words.youtube.real : words.youtube.rehearsal}</p>
      <YouTubeAccount />
    </>
  );
}
