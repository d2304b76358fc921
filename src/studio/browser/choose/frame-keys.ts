import type { Signal } from '@preact/signals';
import { togglePlaying } from '../state/moment.ts';
import { playing } from '../state/playing.ts';
import type { DeskSession } from '../state/session.ts';
import type { Keys } from '../ui/keys.ts';
import type { useFrames } from './use-frames.ts';

interface Deeds {
  readonly session: DeskSession;
  readonly frames: ReturnType<typeof useFrames>;
  readonly isCropping: Signal<boolean>;
  readonly take: (event: Event) => void;
  readonly keep: (event: Event) => void;
  readonly say: (text: string) => void;
}

/** What the keys do wherever a frame is chosen. */
export function frameKeys({ session, frames: { looked, frame, show }, isCropping, take, keep, say }: Deeds): Keys {
  const { index, frames } = session;
  const [on, back] = [() => show(index.peek() + 1), () => show(index.peek() - 1)];
  const togglePlay = () => {
    const { recording } = session.view.peek() ?? {};
    if (!recording?.isHere) return say('Not played: the recording is not on this machine.');
    togglePlaying(session.id, frame?.time ?? 0, recording.durationSeconds);
  };
  const toBar = () => {
    const slider = document.querySelector<HTMLElement>('.desk .scrubber [role=slider]');
    if (slider) slider.focus();
    else say('The recording is not on this machine: only the ranked frames can be chosen.');
  };
  return {
    l: on,
    h: back,
    ...(isCropping.value ? {} : { ArrowRight: on, ArrowLeft: back }),
    s: take,
    Enter: take,
    c: () => (isCropping.value = !isCropping.peek()),
    ' ': togglePlay,
    k: (event) => (looked || playing.peek() ? keep(event) : say('Not kept: point at a moment of the recording first.')),
    m: toBar,
    ...Object.fromEntries(frames.value.slice(0, 9).map((_, at) => [String(at + 1), () => show(at)])),
  };
}
