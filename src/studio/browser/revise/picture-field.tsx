import { useRef } from 'preact/hooks';
import { ThumbnailPreview } from '../choose/thumbnail-preview.tsx';
import { usePreview } from '../state/previews.ts';
import type { DeskSession } from '../state/session.ts';
import { describeWish, type PickPicture, type PictureWish, previewOf } from './picture.ts';
import { words } from './words.ts';

interface Props {
  readonly desk: DeskSession;
  readonly wish: PictureWish | undefined;
  readonly onWish: (wish: PictureWish | undefined) => void;
  readonly onPick: PickPicture;
}

/** The new thumbnail, as it would be drawn, and the way to choose another. */
export function PictureField({ desk, wish, onWish, onPick }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  const canPick = desk.view.value?.recording !== undefined;
  const pick = async () => {
    const picked = await onPick(wish);
    if (picked) onWish(picked);
    requestAnimationFrame(() => button.current?.focus());
  };
  return (
    <fieldset class="picture-field">
      <legend>{words.picture}</legend>
      {wish ? <PictureShown desk={desk} wish={wish} /> : <p class="soft">{words.pictureStays}</p>}
      <div class="picture-buttons">
        <button ref={button} type="button" class="plain" disabled={!canPick} onClick={() => void pick()}>
          {words.pick}
        </button>
        {wish && (
          <button type="button" class="quiet" onClick={() => onWish(undefined)}>
            {words.keepPicture}
          </button>
        )}
      </div>
      {!canPick && <p class="hint">{words.noPictures}</p>}
    </fieldset>
  );
}

/** A wish as the renderer draws it. */
export function PictureShown({ desk, wish }: { readonly desk: DeskSession; readonly wish: PictureWish }) {
  const preview = usePreview(previewOf(desk, wish));
  return (
    <div class="picture-wish">
      <ThumbnailPreview {...preview} />
      <p class="soft">{describeWish(desk.view.value, wish)}</p>
    </div>
  );
}
