import type { Person } from '../../pose/index.ts';
import { bodyOf, playersOf } from './posture.ts';
import { clearEnough, type View } from './view.ts';

export interface Explained {
  /** Undefined when the pose model did not look at this frame. */
  readonly people: readonly Person[] | undefined;
  readonly view: View;
  /** 0 to 1, as a fraction of that of the recording's sharpest frames. */
  readonly sharpness: number;
  /** Height in pixels of the picture in which people were found. */
  readonly pictureHeight: number;
}

/** One short phrase for people: the reason for the score. */
export function explain({ people, view, sharpness, pictureHeight }: Explained): string {
  if (view.obstacle === 'blurred') return 'blurred';
  if (view.clear < clearEnough) return 'something or somebody blocks the view';
  const sharp = sharpness > 0.85 ? 'sharp' : sharpness < 0.5 ? 'blurred' : '';
  if (!people) return ['judged by movement alone', sharp].filter(Boolean).join(', ');
  const players = playersOf(people);
  const [nearest] = players;
  if (!nearest) return ['no player found', sharp].filter(Boolean).join(', ');
  const bodies = players.map((player) => ({ player, ...bodyOf(player) }));
  const action = [
    bodies.some(({ stance, knees }) => stance > 1.3 && knees > 0.5) && 'lunge',
    bodies.some(({ reach }) => reach > 0.5) && 'racket arm up',
    bodies.filter(({ stance }) => stance > 0.8).length > 1 && 'wide stances',
    bodies.filter(({ knees }) => knees > 0.55).length > 1 && 'bent knees',
    bodies.filter(({ lean }) => lean > 0.25).length > 1 && 'leaning in',
  ].filter((phrase) => phrase !== false);
  const near = nearest.box.height > 0.3 * pictureHeight && 'near player large';
  const count = players.length === 1 ? 'one player' : `${players.length} players`;
  return [...(action.length > 0 ? action.slice(0, 2) : ['upright']), near, count, sharp].filter(Boolean).join(', ');
}
