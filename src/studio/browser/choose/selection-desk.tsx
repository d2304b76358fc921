import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { choose } from '../state/choosing.ts';
import { clockTime } from '../state/clock.ts';
import type { Video } from '../state/live.ts';
import { leaveMoment, moment, type ShownMoment, togglePlaying } from '../state/moment.ts';
import { playing } from '../state/playing.ts';
import { prepare, usePreview } from '../state/previews.ts';
import { correctionsOf, type DeskSession, type Frame } from '../state/session.ts';
import { Icon } from '../ui/icon.tsx';
import { useKeys } from '../ui/keys.ts';
import { Comparison } from './comparison.tsx';
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

/** Where a person chooses: the frames, the thumbnail each would make, and any other moment. */
export function SelectionDesk({ session, video }: { readonly session: DeskSession; readonly video: Video }) {
  const { index, frames, pinned, look } = session;
  const isHelping = useSignal(false);
  const isCropping = useSignal(false);
  // What was being typed while the frames were sought is still there.
  const isEditing = useSignal(session.draft.peek() !== undefined);
  const sight = useSight();
  const looked = moment.value?.id === session.id ? moment.value : undefined;
  const frame: Frame | undefined = looked ? { kind: 'moment', time: looked.time ?? looked.at } : session.current.value;

  const show = (at: number) => {
    leaveMoment();
    const count = frames.value.length;
    if (count === 0) return;
    index.value = (at + count) % count;
    if (look.peek().crop) look.value = { ...look.peek(), crop: undefined };
  };
  const keep = () => {
    if (!looked) return;
    const time = looked.time ?? looked.at;
    if (!session.moments.peek().includes(time)) session.moments.value = [...session.moments.peek(), time];
    show(frames.value.findIndex((each) => each.kind === 'moment' && each.time === time));
  };
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
  const togglePlay = () => {
    const { recording } = session.view.peek() ?? {};
    if (!recording?.isHere) return say('Not played: the recording is not on this machine.');
    togglePlaying(session.id, frame?.time ?? 0, recording.durationSeconds);
  };
  const pin = () => {
    if (looked) return say('Not compared: keep this moment first.');
    const current = session.current.peek();
    if (!current || frames.peek().length < 2) return say('Not compared: there is no other frame.');
    pinned.value = current;
    show(index.peek() + 1);
  };
  const toBar = () => {
    const slider = document.querySelector<HTMLElement>('.scrubber [role=slider]');
    if (slider) slider.focus();
    else say('The recording is not on this machine: only the ranked frames can be chosen.');
  };
  useKeys({
    l: () => show(index.peek() + 1),
    h: () => show(index.peek() - 1),
    ...(isCropping.value ? {} : { ArrowRight: () => show(index.peek() + 1), ArrowLeft: () => show(index.peek() - 1) }),
    s: take,
    Enter: take,
    p: pin,
    c: () => (isCropping.value = !isCropping.peek()),
    e: () => (isEditing.value = !isEditing.peek()),
    ' ': togglePlay,
    k: (event) =>
      looked || playing.peek() ? keepThis(event) : say('Not kept: point at a moment of the recording first.'),
    m: toBar,
    '?': () => (isHelping.value = true),
    Escape: () => {
      pinned.value = undefined;
      isCropping.value = false;
      leaveMoment();
    },
    ...Object.fromEntries(frames.value.slice(0, 9).map((_, at) => [String(at + 1), () => show(at)])),
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
        {inWords(frame, looked, frames.value)}
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
          <LookPanel session={session} isCropping={isCropping} />
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

/** What a person who cannot see it hears of the frame in sight. */
function inWords(frame: Frame | undefined, looked: ShownMoment | undefined, frames: readonly Frame[]): string {
  if (!frame) return '';
  const at = `at ${clockTime(frame.time)}`;
  if (looked) return looked.isExact ? `The moment ${at}` : '';
  const why = frame.kind === 'candidate' ? frame.candidate.why : 'kept by you';
  return `Frame ${frames.indexOf(frame) + 1} of ${frames.length}, ${at}: ${why}`;
}
