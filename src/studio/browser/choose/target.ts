import { pausePlaying, type ShownMoment } from '../state/moment.ts';
import type { Frame } from '../state/session.ts';
import { addressOfFrame } from './large-frame.tsx';
import type { Target } from './presses.ts';
import type { Sight } from './sight.ts';

/** What a press on the frame or moment in sight is about. */
export function targetOf(
  id: string,
  frame: Frame | undefined,
  looked: ShownMoment | undefined,
  sight: Sight,
): Target | undefined {
  if (!frame) return undefined;
  const source = looked ? looked.picture : addressOfFrame(id, frame);
  const place = looked ? placeOf(looked.at) : addressOfFrame(id, frame);
  if (looked?.problem) return { place, picture: { problem: looked.problem } };
  if (source && sight.hasFailed(source)) return { place, picture: { problem: 'its picture cannot be shown.' } };
  const isHere = source !== undefined && sight.has(source) && (!looked || looked.isExact);
  return { place, picture: isHere ? 'here' : 'coming' };
}

const placeOf = (at: number) => `moment ${at}`;

/** Pauses what plays: a press is about the frame that is on the screen then. Undefined unless something plays. */
export function pausedMoment(): Target | undefined {
  const at = pausePlaying();
  return at === undefined ? undefined : { place: placeOf(at), picture: 'coming' };
}
