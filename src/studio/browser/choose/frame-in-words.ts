import { clockTime } from '../state/clock.ts';
import type { ShownMoment } from '../state/moment.ts';
import type { Frame } from '../state/session.ts';

/** What a person who cannot see it hears of the frame in sight. */
export function frameInWords(
  frame: Frame | undefined,
  looked: ShownMoment | undefined,
  frames: readonly Frame[],
): string {
  if (!frame) return '';
  const at = `at ${clockTime(frame.time)}`;
  if (looked) return looked.isExact ? `The moment ${at}` : '';
  const why = frame.kind === 'candidate' ? frame.candidate.why : 'kept by you';
  return `Frame ${frames.indexOf(frame) + 1} of ${frames.length}, ${at}: ${why}`;
}
