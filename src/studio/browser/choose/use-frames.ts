import { leaveMoment, moment } from '../state/moment.ts';
import type { DeskSession, Frame } from '../state/session.ts';

/** The frame in sight, a candidate or any moment, and the ways to others. */
export function useFrames(session: DeskSession) {
  const { index, frames, moments, look } = session;
  const looked = moment.value?.id === session.id ? moment.value : undefined;
  const frame: Frame | undefined = looked ? { kind: 'moment', time: looked.time ?? looked.at } : session.current.value;
  const show = (at: number) => {
    leaveMoment();
    const count = frames.peek().length;
    if (count === 0) return;
    index.value = (at + count) % count;
    if (look.peek().crop) look.value = { ...look.peek(), crop: undefined };
  };
  const keep = () => {
    if (!looked) return;
    const time = looked.time ?? looked.at;
    if (!moments.peek().includes(time)) moments.value = [...moments.peek(), time];
    show(frames.peek().findIndex((each) => each.kind === 'moment' && each.time === time));
  };
  return { looked, frame, show, keep };
}
