import { seededRandom } from '../../src/local-youtube/random.ts';
import { type Moment, points } from './points.ts';

/** What is killed. `program` is everything but the Temporal server, as `npm start` runs it. */
export type Victim = 'program' | 'worker' | 'server' | 'all' | 'studio' | 'decoder' | 'pose' | 'drawing';

export type Trouble =
  | { readonly kind: 'kill'; readonly victim: Victim; readonly at: Moment }
  /** SIGSTOP for longer than the heartbeat timeout; `relief`: a second worker takes over meanwhile. */
  | { readonly kind: 'stop'; readonly relief: boolean; readonly at: Moment }
  | { readonly kind: 'full disk'; readonly at: Moment }
  | { readonly kind: 'unwritable'; readonly folder: 'workspaces' | 'completed'; readonly at: Moment }
  | { readonly kind: 'removed' | 'replaced'; readonly at: Moment }
  /** Our clock, not the server's: from the start, or from a moment on. */
  | { readonly kind: 'clock'; readonly seconds: number; readonly at: Moment | 'start' };

export interface Plan {
  readonly seed: number;
  readonly run: number;
  readonly videos: number;
  readonly uploadEarly: boolean;
  readonly trouble: Trouble;
  /** Bytes that are added to each recording, so that it takes several chunks. */
  readonly padding: readonly number[];
}

/** About how many things are seen to happen to one video from its arrival to its end. */
const eventsOfOneVideo = 45;
const hour = 3600;

/** The plan of one run: the same for the same seed and number, whichever runs came before. */
export function planOf(seed: number, run: number): Plan {
  const random = seededRandom(seed * 1_000_003 + run);
  const below = (limit: number) => Math.floor(random() * limit);
  const oneOf = <T>(choices: readonly T[]): T => choices[below(choices.length)] as T;
  const videos = 1 + below(3);
  const anywhere = (): Moment => ({ nth: 1 + below(eventsOfOneVideo * videos) });
  const moment = (): Moment => (random() < 0.6 ? { point: oneOf(points) } : anywhere());
  const kill = (victim: Victim) => (): Trouble => ({ kind: 'kill', victim, at: moment() });
  // Each named point has its turn, whatever is drawn.
  const killAtPoint = (victim: Victim, place: number) => (): Trouble => {
    const point = points[(3 * turn + place) % points.length] ?? points[0];
    return { kind: 'kill', victim, at: { point } };
  };
  const kinds: readonly (() => Trouble)[] = [
    killAtPoint('program', 0),
    kill('server'),
    () => ({ kind: 'stop', relief: random() < 0.5, at: moment() }),
    kill('all'),
    kill('decoder'),
    () => ({ kind: 'full disk', at: anywhere() }),
    killAtPoint('worker', 2),
    kill('drawing'),
    () => ({ kind: 'clock', seconds: oneOf([-72, -1, 1, 72]) * hour, at: random() < 0.3 ? 'start' : anywhere() }),
    () => ({ kind: 'removed', at: moment() }),
    killAtPoint('all', 1),
    kill('studio'),
    () => ({ kind: 'unwritable', folder: oneOf(['workspaces', 'completed']), at: anywhere() }),
    () => ({ kind: 'replaced', at: moment() }),
    kill('pose'),
  ];
  const turn = Math.floor((run - 1) / kinds.length);
  const make = kinds[(run - 1) % kinds.length] as () => Trouble;
  const trouble = make();
  const padding = Array.from({ length: videos }, () => below(3 * 1024 * 1024));
  return { seed, run, videos, uploadEarly: random() < 0.5, trouble, padding };
}

/** As it is counted in the table. */
export function nameOf(trouble: Trouble): string {
  switch (trouble.kind) {
    case 'kill':
      return `kill ${trouble.victim}`;
    case 'clock':
      return `clock ${trouble.seconds > 0 ? 'ahead' : 'behind'}`;
    case 'stop':
      return trouble.relief ? 'stop, another worker' : 'stop';
    case 'unwritable':
      return `unwritable ${trouble.folder}`;
    default:
      return trouble.kind;
  }
}

/** Needs a disk or a mount of its own, and so the right to mount. */
export const needsMount = ({ kind }: Trouble) => kind === 'full disk' || kind === 'unwritable';
