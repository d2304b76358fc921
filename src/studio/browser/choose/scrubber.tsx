import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { pictures } from '../api.ts';
import { clockTime } from '../state/clock.ts';
import { leaveMoment, lookAt, moment } from '../state/moment.ts';
import type { DeskSession } from '../state/session.ts';
import { Icon } from '../ui/icon.tsx';
import { ActivityPlot } from './activity-plot.tsx';

/** Hovering requests pictures of at most this many moments, so that they can be cached. */
const hoverSteps = 150;
const pauseBeforeHover = 60;

interface Props {
  readonly session: DeskSession;
  /** Seconds; what is shown while nobody has pointed at anything and there are no candidates. */
  readonly start?: number;
  readonly onKeep: () => void;
}

/** The whole recording: its activity over time, and any of its frames. */
export function Scrubber({ session, start = 0, onKeep }: Props) {
  const bar = useRef<HTMLDivElement>(null);
  const hovered = useSignal<{ share: number; at: number } | undefined>(undefined);
  const hover = useRef<ReturnType<typeof setTimeout>>(undefined);
  const view = session.view.value;
  if (!view?.recording) return null;
  const { durationSeconds: duration, frameRate, isHere } = view.recording;
  if (!isHere) return <p class="hint">The recording is not on this machine: only the ranked frames can be chosen.</p>;
  const looked = moment.value?.id === session.id ? moment.value : undefined;
  const position = looked ? (looked.time ?? looked.at) : (session.current.value?.time ?? start);
  const go = (at: number) => lookAt(session.id, Math.min(Math.max(0, at), duration));
  const shareAt = (event: PointerEvent) => {
    const { left, width } = (bar.current as HTMLElement).getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - left) / width));
  };
  const point = (event: PointerEvent) => {
    const share = shareAt(event);
    if (event.buttons > 0) go(share * duration);
    if (event.pointerType === 'touch') return;
    clearTimeout(hover.current);
    hover.current = setTimeout(() => {
      hovered.value = { share, at: (Math.round(share * hoverSteps) / hoverSteps) * duration };
    }, pauseBeforeHover);
  };
  const leave = () => {
    clearTimeout(hover.current);
    hovered.value = undefined;
  };
  const press = (event: KeyboardEvent) => {
    const frame = 1 / Math.max(1, frameRate);
    const moves: Record<string, number> = {
      ArrowLeft: event.shiftKey ? position - 1 : (looked?.previous ?? position - frame),
      ArrowRight: event.shiftKey ? position + 1 : (looked?.next ?? position + frame * 1.01),
      ArrowDown: position - 1,
      ArrowUp: position + 1,
      PageDown: position - 10,
      PageUp: position + 10,
      Home: 0,
      End: duration,
    };
    const to = moves[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    go(to);
  };
  return (
    <div class="scrubber">
      <div
        ref={bar}
        class="scrubber-bar"
        role="slider"
        tabIndex={0}
        aria-label="Any moment of the recording"
        aria-valuemin={0}
        aria-valuemax={duration}
        aria-valuenow={position}
        aria-valuetext={clockTime(position)}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          event.currentTarget.focus();
          go(shareAt(event) * duration);
        }}
        onPointerMove={point}
        onPointerLeave={leave}
        onKeyDown={press}
      >
        <ActivityPlot view={view} duration={duration} />
        <span class="playhead" style={{ left: `${(position / duration) * 100}%` }} />
        {hovered.value && (
          <span class="hover" style={{ left: `${hovered.value.share * 100}%` }}>
            <img src={pictures.frame(session.id, Number(hovered.value.at.toFixed(2)), 320, 'key')} alt="" />
            {clockTime(hovered.value.at, 0)}
          </span>
        )}
      </div>
      <div class="scrubber-line">
        <span class="soft">
          {clockTime(position)} of {clockTime(duration, 0)}
        </span>
        {view.activity?.noRallies && <span class="soft">{view.activity.noRallies}</span>}
        {looked && (
          <>
            <button type="button" class="plain" disabled={!looked.isExact} onClick={onKeep}>
              <Icon name="keep" /> Keep this moment <kbd>K</kbd>
            </button>
            <button type="button" class="quiet" onClick={leaveMoment}>
              Back to the candidates
            </button>
          </>
        )}
      </div>
    </div>
  );
}
