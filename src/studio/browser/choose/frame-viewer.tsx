import { pictures } from '../api.ts';
import { lookAt, type ShownMoment, togglePlaying } from '../state/moment.ts';
import { playedTo, playing } from '../state/playing.ts';
import { type DeskSession, type Frame, largeWidth } from '../state/session.ts';
import { useKeys } from '../ui/keys.ts';
import { LargeFrame } from './large-frame.tsx';
import { usePresses } from './presses.ts';
import { Scrubber } from './scrubber.tsx';
import { useSight } from './sight.ts';
import { Strip } from './strip.tsx';
import { pausedMoment, targetOf } from './target.ts';
import { useFrames } from './use-frames.ts';

/** Seconds between two moments while there are no candidates. */
const stride = 10;
/** Share of a recording: at its beginning people still pick up their rackets. */
const whereAMatchIsOn = 0.4;

/** The recording to look at, while there is nothing to choose: any moment, and the candidates once they are there. */
export function FrameViewer({ session }: { readonly session: DeskSession }) {
  const { index, frames } = session;
  const duration = session.view.value?.recording?.durationSeconds ?? 0;
  const { looked, frame: inSight, show, keep } = useFrames(session);
  const somewhere: Frame = { kind: 'moment', time: duration * whereAMatchIsOn };
  const frame = inSight ?? somewhere;
  // The nearest key frame is there at once; the exact one of some recordings takes seconds.
  const first: ShownMoment | undefined =
    frame === somewhere
      ? {
          ...{ id: session.id, at: somewhere.time, isNear: true, isExact: true },
          picture: pictures.frame(session.id, somewhere.time, largeWidth(), 'key'),
        }
      : undefined;
  const move = (by: 1 | -1) => {
    if (frames.value.length > 0) show(index.peek() + by);
    else
      lookAt(
        session.id,
        Math.min(Math.max(0, (playing.peek() ? playedTo.peek() : frame.time) + by * stride), duration),
      );
  };
  const sight = useSight();
  const { press, words, say } = usePresses(sight, targetOf(session.id, frame, looked, sight), {
    choose: () => {},
    keep,
  });
  const keepThis = (event: Event) => press('keep', event, pausedMoment());
  useKeys({
    k: (event) => (looked || playing.peek()) && keepThis(event),
    ' ': () => {
      if (!session.view.peek()?.recording?.isHere) say('Not played: the recording is not on this machine.');
      else togglePlaying(session.id, frame.time, duration);
    },
  });
  return (
    <div class="desk-frames">
      <LargeFrame
        session={session}
        frame={frame}
        moment={looked ?? first}
        crop={undefined}
        sight={sight}
        onMove={move}
      />
      {frames.value.length > 0 && <Strip session={session} isElsewhere={looked !== undefined} onShow={show} />}
      <Scrubber session={session} start={somewhere.time} onKeep={keepThis} />
      <p class="soft" role="status">
        {words.value}
      </p>
    </div>
  );
}
