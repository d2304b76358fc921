import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { frameInWords } from '../choose/frame-in-words.ts';
import { frameKeys } from '../choose/frame-keys.ts';
import { LargeFrame } from '../choose/large-frame.tsx';
import { LookPanel } from '../choose/look-panel.tsx';
import { usePresses } from '../choose/presses.ts';
import { Scrubber } from '../choose/scrubber.tsx';
import { useSight } from '../choose/sight.ts';
import { Strip } from '../choose/strip.tsx';
import { pausedMoment, targetOf } from '../choose/target.ts';
import { ThumbnailPreview } from '../choose/thumbnail-preview.tsx';
import { useFrames } from '../choose/use-frames.ts';
import { leaveMoment } from '../state/moment.ts';
import { usePreview } from '../state/previews.ts';
import type { DeskSession } from '../state/session.ts';
import { Icon } from '../ui/icon.tsx';
import { useKeys } from '../ui/keys.ts';
import { frameOf, type PictureWish, pictureWish } from './picture.ts';
import { words } from './words.ts';

interface Props {
  readonly desk: DeskSession;
  /** What was chosen before. */
  readonly wish: PictureWish | undefined;
  /** @param wish undefined: leave it as it was before */
  readonly onDone: (wish?: PictureWish) => void;
}

/** Where a person chooses another thumbnail for a published video: any frame, template, theme and crop. */
export function PictureDesk({ desk, wish, onDone }: Props) {
  const { index, frames, look, view } = desk;
  const place = useRef<HTMLDivElement>(null);
  const isCropping = useSignal(false);
  const sight = useSight();
  useEffect(() => begin(desk, wish), [desk]);
  useEffect(() => {
    // It takes the place of a page that was scrolled to its form.
    scrollTo(0, 0);
    place.current?.focus({ preventScroll: true });
  }, []);
  const shown = useFrames(desk);
  const { looked, frame, show, keep } = shown;
  const isDrawable = frame && (!looked || looked.isExact);
  const preview = usePreview(
    isDrawable ? { id: desk.id, frame, look: look.value, corrections: {}, isPublished: true } : undefined,
  );
  const {
    press,
    words: said,
    say,
  } = usePresses(sight, targetOf(desk.id, frame, looked, sight), {
    choose: () => frame && onDone(pictureWish(frame, look.peek())),
    keep,
  });
  const take = (event: Event) => press('choose', event, pausedMoment());
  const keepThis = (event: Event) => press('keep', event, pausedMoment());
  useKeys({
    ...frameKeys({ session: desk, frames: shown, isCropping, take, keep: keepThis, say }),
    Escape: () => {
      if (isCropping.peek()) isCropping.value = false;
      else if (looked) leaveMoment();
      else onDone();
    },
  });
  const { thumbnail, recording } = view.value ?? {};
  return (
    <div ref={place} class="desk" data-seen-since={sight.since} tabIndex={-1} role="group" aria-label={words.pick}>
      <p class="unseen" aria-live="polite">
        {frameInWords(frame, looked, frames.value)}
      </p>
      <div class="desk-frames">
        <LargeFrame
          session={desk}
          frame={frame}
          moment={looked}
          crop={isCropping.value && !preview.problem.value ? preview : undefined}
          sight={sight}
          onMove={(by) => show(index.peek() + by)}
        />
        <Strip session={desk} isElsewhere={looked !== undefined} onShow={show} />
        {recording?.isHere ? <Scrubber session={desk} onKeep={keepThis} /> : <p class="hint">{words.gone}</p>}
      </div>
      <div class="desk-right">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by keys */}
        <aside class="desk-side" aria-label="Thumbnail" tabIndex={0}>
          <ThumbnailPreview {...preview} />
          <LookPanel session={desk} isCropping={isCropping} template={thumbnail?.template} noTheme={words.noTheme} />
        </aside>
        <div class="take">
          <p class="soft" role="status">
            {said.value}
          </p>
          <button type="button" class="plain" onClick={() => onDone()}>
            {words.leavePicture}
          </button>
          <button type="button" class="primary big" onClick={take} disabled={!frame}>
            <Icon name="check" /> {words.takePicture} <kbd>S</kbd>
          </button>
        </div>
      </div>
    </div>
  );
}

/** Begins at what was chosen before, or at the present thumbnail's frame; the look is as in the wish. */
function begin({ view, frames, index, moments, look }: DeskSession, wish: PictureWish | undefined) {
  look.value = wish?.look ?? {};
  const first = frameOf(view.peek(), wish);
  if (first?.kind === 'moment' && !moments.peek().includes(first.time)) moments.value = [...moments.peek(), first.time];
  const at = frames
    .peek()
    .findIndex((each) =>
      first?.kind === 'candidate'
        ? each.kind === 'candidate' && each.candidate.frame === first.candidate.frame
        : first && each.kind === 'moment' && each.time === first.time,
    );
  index.value = Math.max(0, at);
  return () => {
    leaveMoment();
    look.value = {};
  };
}
