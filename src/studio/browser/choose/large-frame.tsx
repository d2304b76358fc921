import { pictures } from '../api.ts';
import { clockTime } from '../state/clock.ts';
import type { ShownMoment } from '../state/moment.ts';
import { type DeskSession, type Frame, largeWidth } from '../state/session.ts';
import { Icon } from '../ui/icon.tsx';
import { Crop } from './crop.tsx';
import { useSwipe } from './use-swipe.ts';

interface Props {
  readonly session: DeskSession;
  readonly frame: Frame | undefined;
  readonly moment: ShownMoment | undefined;
  readonly isCropping: boolean;
  readonly onMove: (by: 1 | -1) => void;
}

/** The current frame, as large as there is room for. */
export function LargeFrame({ session, frame, moment, isCropping, onMove }: Props) {
  const swipe = useSwipe(onMove);
  const { recording } = session.view.value ?? {};
  const ratio = recording ? recording.width / recording.height : 16 / 9;
  const source = moment ? moment.picture : frame && addressOfFrame(session.id, frame);
  return (
    <figure class="large" style={{ '--ratio': ratio }} {...(isCropping ? {} : swipe)}>
      <div class="large-frame">
        {source ? (
          <img
            class="large-picture"
            src={source}
            alt={frame ? `The recording at ${clockTime(frame.time)}` : ''}
            draggable={false}
          />
        ) : (
          <span class="blank">{session.frames.value.length === 0 ? 'No frames' : ''}</span>
        )}
        {isCropping && source && <Crop session={session} ratio={ratio} />}
        {moment && !moment.isExact && !moment.problem && (
          <span class="large-note">Nearest picture; the exact one is on its way …</span>
        )}
        {moment?.problem && <span class="large-note bad">{moment.problem}</span>}
      </div>
      <button type="button" class="move before" aria-label="Previous frame" onClick={() => onMove(-1)}>
        <Icon name="left" />
      </button>
      <button type="button" class="move after" aria-label="Next frame" onClick={() => onMove(1)}>
        <Icon name="right" />
      </button>
      <figcaption>
        <span>{frame && clockTime(frame.time)}</span>
        <span class="why">
          {moment ? 'Any moment' : frame?.kind === 'candidate' ? frame.candidate.why : frame ? 'Kept by you' : ''}
        </span>
      </figcaption>
    </figure>
  );
}

export const addressOfFrame = (id: string, frame: Frame, width: number = largeWidth()) =>
  frame.kind === 'candidate'
    ? pictures.candidate(id, frame.candidate.frame, width)
    : pictures.frame(id, frame.time, width, 'exact');
