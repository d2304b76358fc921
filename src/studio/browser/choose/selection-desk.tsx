import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { about } from '../state/about.ts';
import { choose } from '../state/choosing.ts';
import type { Video } from '../state/live.ts';
import { leaveMoment } from '../state/moment.ts';
import { playing } from '../state/playing.ts';
import { prepare, usePreview } from '../state/previews.ts';
import { correctionsOf, type DeskSession } from '../state/session.ts';
import { Icon } from '../ui/icon.tsx';
import { useKeys } from '../ui/keys.ts';
import { Comparison } from './comparison.tsx';
import { frameInWords } from './frame-in-words.ts';
import { frameKeys } from './frame-keys.ts';
import { KeyHelp } from './key-help.tsx';
import { LargeFrame } from './large-frame.tsx';
import { LookPanel } from './look-panel.tsx';
import { MatchForm } from './match-form.tsx';
import { usePresses } from './presses.ts';
import { Reasons } from './reasons.tsx';
import { Scrubber } from './scrubber.tsx';
import { useSight } from './sight.ts';
import { Strip } from './strip.tsx';
import { pausedMoment, targetOf } from './target.ts';
import { ThumbnailPreview } from './thumbnail-preview.tsx';
import { useFrames } from './use-frames.ts';

/** Where a person chooses: the frames, the thumbnail each would make, and any other moment. */
export function SelectionDesk({ session, video }: { readonly session: DeskSession; readonly video: Video }) {
  const { index, frames, pinned, look } = session;
  const isHelping = useSignal(false);
  const isCropping = useSignal(false);
  // What was being typed while the frames were sought is still there.
  const isEditing = useSignal(session.draft.peek() !== undefined);
  const sight = useSight();
  const shown = useFrames(session);
  const { looked, frame, show, keep } = shown;
  const comparing = pinned.value && !looked && !playing.value ? pinned.value : undefined;
  const chosen = comparing ?? frame;
  const isDrawable = chosen && (!looked || looked.isExact) && session.view.value?.recording;
  const preview = usePreview(
    isDrawable ? { id: session.id, frame: chosen, look: look.value, corrections: correctionsOf(session) } : undefined,
  );
  const { press, words, say } = usePresses(sight, targetOf(session.id, chosen, looked, sight), {
    choose: () => chosen && void choose(session, chosen),
    keep,
  });
  const take = (event: Event) => press('choose', event, pausedMoment());
  const keepThis = (event: Event) => press('keep', event, pausedMoment());
  const pin = () => {
    if (looked) return say('Not compared: keep this moment first.');
    const current = session.current.peek();
    if (!current || frames.peek().length < 2) return say('Not compared: there is no other frame.');
    pinned.value = current;
    show(index.peek() + 1);
  };
  useKeys({
    ...frameKeys({ session, frames: shown, isCropping, take, keep: keepThis, say }),
    p: pin,
    e: () => (isEditing.value = !isEditing.peek()),
    '?': () => (isHelping.value = true),
    Escape: () => {
      pinned.value = undefined;
      isCropping.value = false;
      leaveMoment();
    },
  });
  // The neighbours' thumbnails are drawn while the person looks at this one.
  useEffect(() => {
    const timer = setTimeout(() => {
      const count = frames.peek().length;
      for (const step of [1, -1]) {
        const neighbour = frames.peek()[(index.peek() + step + count) % count];
        if (neighbour && neighbour.kind === 'candidate') {
          prepare({
            id: session.id,
            frame: neighbour,
            look: { ...look.peek(), crop: undefined },
            corrections: correctionsOf(session),
          });
        }
      }
    }, 250);
    return () => clearTimeout(timer);
  }, [frame, look.value]);

  return (
    <div class="desk" data-seen-since={sight.since}>
      <p class="unseen" aria-live="polite">
        {frameInWords(frame, looked, frames.value)}
      </p>
      <div class="desk-frames">
        {comparing && frame ? (
          <Comparison session={session} best={comparing} challenger={frame} sight={sight} onPin={pin} />
        ) : (
          <LargeFrame
            session={session}
            frame={frame}
            moment={looked}
            crop={isCropping.value && !preview.problem.value ? preview : undefined}
            sight={sight}
            onMove={(by) => show(index.peek() + by)}
          />
        )}
        <Strip session={session} isElsewhere={looked !== undefined} onShow={show} />
        <Scrubber session={session} onKeep={keepThis} />
      </div>
      <div class="desk-right">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by keys */}
        <aside class="desk-side" aria-label="Thumbnail" tabIndex={0}>
          <ThumbnailPreview {...preview} />
          <LookPanel
            session={session}
            isCropping={isCropping}
            template={about.value?.usual.template}
            theme={about.value?.usual.theme ?? undefined}
            noTheme={{ label: 'auto', title: 'The theme of the tournament' }}
          />
          <Reasons frame={frame} view={session.view.value} />
          {[...new Set([...video.warnings, ...(session.view.value?.notes ?? [])])].map((note) => (
            <p key={note} class="hint">
              {note}
            </p>
          ))}
          <MatchForm session={session} isOpen={isEditing} />
        </aside>
        <div class="take">
          <p class="soft" role="status">
            {words.value}
          </p>
          {session.statusProblem.value && <p class="problem-text">{session.statusProblem.value}</p>}
          <button
            type="button"
            class="quiet"
            aria-label="Keys"
            title="Keys (?)"
            onClick={() => (isHelping.value = true)}
          >
            <Icon name="help" />
          </button>
          <button
            type="button"
            class="plain"
            aria-label="Compare"
            onClick={pin}
            disabled={looked !== undefined || frames.value.length < 2}
            title="Compare with the next (P)"
          >
            <Icon name="pin" /> <span class="roomy">Compare</span>
          </button>
          <button type="button" class="primary big" onClick={take} disabled={!frame}>
            <Icon name="check" /> {comparing ? 'Choose the best' : 'Choose this'} <kbd>S</kbd>
          </button>
        </div>
      </div>
      <KeyHelp isOpen={isHelping.value} onClose={() => (isHelping.value = false)} />
    </div>
  );
}
