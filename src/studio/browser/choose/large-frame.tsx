import { useRef } from 'preact/hooks';
import { pictures } from '../api.ts';
import { clockTime } from '../state/clock.ts';
import type { ShownMoment } from '../state/moment.ts';
import { playing } from '../state/playing.ts';
import type { usePreview } from '../state/previews.ts';
import { type DeskSession, type Frame, largeWidth } from '../state/session.ts';
import { Icon } from '../ui/icon.tsx';
import { Crop } from './crop.tsx';
import { Player } from './player.tsx';
import type { Sight } from './sight.ts';
import { useSwipe } from './use-swipe.ts';

interface Props {
  readonly session: DeskSession;
  readonly frame: Frame | undefined;
  readonly moment: ShownMoment | undefined;
  /** The thumbnail whose part of the frame is being chosen. */
  readonly crop: ReturnType<typeof usePreview> | undefined;
  readonly sight: Sight;
  readonly onMove: (by: 1 | -1) => void;
}

/** The current frame, as large as there is room for. */
export function LargeFrame({ session, frame, moment, crop, sight, onMove }: Props) {
  const swipe = useSwipe(onMove);
  const { recording } = session.view.value ?? {};
  const ratio = recording ? recording.width / recording.height : 16 / 9;
  const last = useRef<string | undefined>(undefined);
  const isBefore = moment !== undefined && !moment.isNear && !moment.problem;
  // What was shown before stays until the moment's picture is there.
  const source = isBefore
    ? (moment.picture ?? last.current)
    : moment
      ? moment.picture
      : frame && addressOfFrame(session.id, frame);
  last.current = source;
  const played = playing.value?.id === session.id ? playing.value : undefined;
  // Paused, it stays until the moment's own picture is on the screen: nothing flickers.
  const isThere = moment?.problem || (moment?.isExact && moment.picture && sight.has(moment.picture));
  const isPlayed = played && recording && !(played.isPaused && isThere);
  return (
    <figure class="large" style={{ '--ratio': ratio }} {...(crop ? {} : swipe)}>
      <div class="large-frame">
        {source ? (
          <img
            class="large-picture"
            src={source}
            alt={isBefore ? 'The frame before' : frame ? `The recording at ${clockTime(frame.time)}` : ''}
            draggable={false}
            onLoad={sight.onLoad}
            onError={sight.onError}
          />
        ) : (
          <span class="blank">{session.frames.value.length === 0 ? 'No frames' : ''}</span>
        )}
        {crop?.shown.value && source && !isBefore && !isPlayed && (
          <Crop session={session} shown={crop.shown.value.crop} />
        )}
        {isPlayed && <Player key={session.id} played={played} recording={recording} />}
        {moment && !moment.isExact && !moment.problem && !isPlayed && (
          <span class="large-note">
            {moment.isNear
              ? 'Nearest picture; the exact one is on its way …'
              : `The picture at ${clockTime(moment.at)} is on its way …`}
          </span>
        )}
        {moment?.problem && <span class="large-note bad">{moment.problem}</span>}
      </div>
      {!crop && (
        <>
          <button type="button" class="move before" aria-label="Previous frame" onClick={() => onMove(-1)}>
            <Icon name="left" />
          </button>
          <button type="button" class="move after" aria-label="Next frame" onClick={() => onMove(1)}>
            <Icon name="right" />
          </button>
        </>
      )}
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
