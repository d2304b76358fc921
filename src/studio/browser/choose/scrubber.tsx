import { useComputed, useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { pictures } from '../api.ts';
import { clockTime } from '../state/clock.ts';
import { leaveMoment, leftMoment, lookAt, moment, pausePlaying, togglePlaying } from '../state/moment.ts';
import { play, playedTo, playing } from '../state/playing.ts';
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
  readonly onKeep: (event: Event) => void;
}

/** The whole recording: its activity over time, and any of its frames. */
export function Scrubber({ session, start = 0, onKeep }: Props) {
  const bar = useRef<HTMLDivElement>(null);
  const hovered = useSignal<{ share: number; at: number } | undefined>(undefined);
  const hover = useRef<ReturnType<typeof setTimeout>>(undefined);
  // Of what plays; twenty times a second is as smooth as it needs to be.
  const played = useComputed(() =>
    playing.value?.id === session.id && !playing.value.isPaused ? Math.floor(playedTo.value * 20) / 20 : undefined,
  ).value;
  const isPlaying = played !== undefined;
  const view = session.view.value;
  if (!view?.recording) return null;
  const { durationSeconds: duration, frameRate, isHere } = view.recording;
  if (!isHere) return <p class="hint">The recording is not on this machine: only the ranked frames can be chosen.</p>;
  const looked = moment.value?.id === session.id && !isPlaying ? moment.value : undefined;
  const position = isPlaying ? played : looked ? (looked.time ?? looked.at) : (session.current.value?.time ?? start);
  const within = (at: number) => Math.min(Math.max(0, at), duration);
  const go = (at: number) => (isPlaying ? play : lookAt)(session.id, within(at));
  const step = (at: number) => pausePlaying(within(at)) ?? lookAt(session.id, within(at));
  const frame = 1 / Math.max(1, frameRate);
  // While its picture is on its way a moment points inside its frame, and so does the moment a frame further on.
  const inside = looked && !looked.isExact ? 0 : frame / 100;
  const previous = looked?.previous ?? position - frame + inside;
  const next = looked?.next ?? position + frame + inside;
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
  const second = (by: number) => position + by + inside;
  const left = leftMoment.value?.id === session.id ? leftMoment.value.at : undefined;
  const press = (event: KeyboardEvent) => {
    const moves: Record<string, number> = {
      ArrowLeft: event.shiftKey ? second(-1) : previous,
      ArrowRight: event.shiftKey ? second(1) : next,
      ArrowDown: second(-1),
      ArrowUp: second(1),
      PageDown: second(-10),
      PageUp: second(10),
      Home: 0,
      End: duration,
    };
    const to = moves[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (/^Arrow(Left|Right)$/.test(event.key) && !event.shiftKey) step(to);
    else go(to);
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
        aria-valuenow={isPlaying ? Math.floor(position) : position}
        aria-valuetext={isPlaying ? clockTime(position, 0) : clockTime(position)}
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
        <span class="steps" role="group" aria-label="Through the recording">
          <button type="button" class="plain" aria-label="−1 s, one second back" onClick={() => go(second(-1))}>
            −1 s
          </button>
          <button type="button" class="plain" aria-label="One frame back" onClick={() => step(previous)}>
            <Icon name="left" />
          </button>
          <button
            type="button"
            class="plain"
            aria-label={isPlaying ? 'Pause' : 'Play'}
            title={isPlaying ? 'Pause (Space)' : 'Play (Space)'}
            onClick={() => togglePlaying(session.id, position, duration)}
          >
            <Icon name={isPlaying ? 'pause' : 'play'} />
          </button>
          <button type="button" class="plain" aria-label="One frame on" onClick={() => step(next)}>
            <Icon name="right" />
          </button>
          <button type="button" class="plain" aria-label="+1 s, one second on" onClick={() => go(second(1))}>
            +1 s
          </button>
        </span>
        {view.activity?.noRallies && <span class="soft">{view.activity.noRallies}</span>}
        {!looked && !isPlaying && left !== undefined && (
          <button type="button" class="quiet" onClick={() => go(left)}>
            Back to {clockTime(left)}
          </button>
        )}
        {(looked || isPlaying) && (
          <>
            <button type="button" class="plain" onClick={onKeep}>
              <Icon name="keep" /> Keep this moment <kbd>K</kbd>
            </button>
            <button type="button" class="quiet" onClick={leaveMoment}>
              {session.frames.value.length > 0 ? 'Back to the candidates' : 'Back'}
            </button>
          </>
        )}
      </div>
    </div>
  );
}
