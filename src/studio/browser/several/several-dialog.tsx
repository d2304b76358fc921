import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Video } from '../state/live.ts';
import { Dialog } from '../ui/dialog.tsx';
import { isFocusLost } from '../ui/lost-focus.ts';
import { batch, doWithAll, isWatched, type Outcome, undoAll, undoable, undoSecondsOf } from './batch.ts';
import { type Deed, deeds } from './deeds.ts';
import { words } from './words.ts';

interface Props {
  /** What is to be done; undefined while nothing is. */
  readonly deed: Deed | undefined;
  readonly chosen: readonly Video[];
  readonly onClose: () => void;
}

/** One confirmation for several videos, then what became of each, and one undo. */
export function SeveralDialog({ deed, chosen, onClose }: Props) {
  const isStarted = useSignal(false);
  const tournament = useSignal('');
  useEffect(() => {
    isStarted.value = false;
    tournament.value = '';
    isWatched.value = deed !== undefined;
    return () => {
      isWatched.value = false;
    };
  }, [deed]);
  const close = () => {
    onClose();
    // The button that opened it may be gone.
    requestAnimationFrame(() => isFocusLost() && document.getElementById('main')?.focus({ preventScroll: true }));
  };
  const fitting = deed ? chosen.filter(deeds[deed].fits) : [];
  const title = deed ? words.deeds[deed].ask(fitting.length) : '';
  if (deed && isStarted.value)
    return (
      <Dialog title={words.deeds[deed].title} isOpen onClose={close} wide>
        <Outcomes onClose={close} />
      </Dialog>
    );
  return (
    <Dialog title={title} isOpen={deed !== undefined} onClose={close} wide>
      {deed && (
        <form
          class="several-question"
          onSubmit={(event) => {
            event.preventDefault();
            isStarted.value = true;
            void doWithAll(deed, fitting, tournament.value.trim());
          }}
        >
          <p>{words.deeds[deed].about(undoSecondsOf(fitting.length))}</p>
          {deed === 'tournament' && (
            <label>
              {words.tournament}
              <input
                required
                maxLength={60}
                pattern="[^<>]*"
                list="known-tournaments"
                autocomplete="off"
                value={tournament.value}
                onInput={({ currentTarget }) => (tournament.value = currentTarget.value)}
              />
            </label>
          )}
          <Names videos={fitting} />
          {fitting.length < chosen.length && (
            <p class="hint">
              {words.leftOut(chosen.length - fitting.length)}
              {words.deeds[deed].others}
            </p>
          )}
          <div class="dialog-buttons">
            <button type="button" class="plain" onClick={close}>
              {words.notNow}
            </button>
            <button type="submit" class={deed === 'cancel' ? 'danger' : 'primary'} disabled={fitting.length === 0}>
              {words.deeds[deed].confirm} {fitting.length}
            </button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

function Names({ videos }: { readonly videos: readonly Video[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by keys
    <ul class="several-videos" tabIndex={0} aria-label={words.bar}>
      {videos.map(({ videoId, title, recording }) => (
        <li key={videoId}>{title ?? recording}</li>
      ))}
    </ul>
  );
}

function Outcomes({ onClose }: { readonly onClose: () => void }) {
  const closing = useRef<HTMLButtonElement>(null);
  useEffect(() => closing.current?.focus(), []);
  if (!batch.value) return null;
  const { deed, outcomes, isRunning } = batch.value;
  const count = (...states: Outcome['state'][]) => outcomes.filter(({ state }) => states.includes(state)).length;
  const isUndone = count('undone', 'undoRefused') > 0;
  const sum = isUndone
    ? words.undone(count('undone'), count('undoRefused'))
    : words.sum(count('done'), count('refused', 'perhaps'), words.deeds[deed].done);
  const canUndo = undoable();
  return (
    <>
      <p role="status">{isRunning ? words.doing(outcomes.length - count('waits', 'runs'), outcomes.length) : sum}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by keys */}
      <ul class="several-videos" tabIndex={0} aria-label={words.bar}>
        {outcomes.map(({ id, name, state, why }) => (
          <li key={id}>
            <b>{name}</b>
            <span class={why ? 'problem-text' : 'soft'}>
              {state === 'done' ? words.deeds[deed].done : words.states[state]}
              {why && `: ${why}`}
            </span>
          </li>
        ))}
      </ul>
      <div class="dialog-buttons">
        {canUndo > 0 && (
          <button
            type="button"
            class="plain"
            onClick={() => {
              closing.current?.focus();
              void undoAll();
            }}
          >
            {words.undo(canUndo)}
          </button>
        )}
        <button ref={closing} type="button" class="primary" onClick={onClose}>
          {words.close}
        </button>
      </div>
    </>
  );
}
