import { clockTime } from '../state/clock.ts';
import type { DeskSession, Frame } from '../state/session.ts';
import { Icon } from '../ui/icon.tsx';
import { addressOfFrame } from './large-frame.tsx';
import type { Sight } from './sight.ts';

interface Props {
  readonly session: DeskSession;
  readonly best: Frame;
  readonly challenger: Frame;
  readonly sight: Sight;
  readonly onPin: () => void;
}

/** The best so far next to the next challenger. */
export function Comparison({ session, best, challenger, sight, onPin }: Props) {
  const picture = (frame: Frame, name: string, hint: string) => (
    <figure>
      <img
        src={addressOfFrame(session.id, frame)}
        alt={`${name}, at ${clockTime(frame.time)}`}
        onLoad={sight.onLoad}
        onError={sight.onError}
      />
      <figcaption>
        <b>{name}</b>
        <span class="why">{frame.kind === 'candidate' ? frame.candidate.why : clockTime(frame.time)}</span>
        <span class="soft key-hint">{hint}</span>
      </figcaption>
    </figure>
  );
  return (
    <div class="comparison" role="group" aria-label="Comparison">
      {picture(best, 'Best so far', 'S chooses it')}
      {picture(challenger, 'Challenger', 'P makes it the best so far; ← → show others; Esc ends')}
      <button type="button" class="plain" onClick={onPin}>
        <Icon name="pin" /> The challenger is better <kbd>P</kbd>
      </button>
      <button
        type="button"
        class="quiet"
        onClick={() => {
          session.pinned.value = undefined;
        }}
      >
        End comparing <kbd>Esc</kbd>
      </button>
    </div>
  );
}
