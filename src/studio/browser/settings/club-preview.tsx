import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { askPicture, pictures } from '../api.ts';
import { changes, view } from './draft.ts';
import { words } from './words.ts';

/** Milliseconds without another letter: not each is worth a drawing. */
const settledAfter = 400;

/** A thumbnail as the club's settings would have it, saved or not. */
export function ClubPreview() {
  const shown = useSignal<string | undefined>(undefined);
  const problem = useSignal<string | undefined>(undefined);
  const { BADMINTON_CLUB_NAME: clubName, BADMINTON_TEMPLATE: template, BADMINTON_THEME: theme } = changes.value;
  useEffect(() => {
    const ending = new AbortController();
    const draw = async () => {
      const draft = Object.entries({ clubName, template, theme }).flatMap(([name, value]) =>
        value ? [[name, value]] : [],
      );
      try {
        const { url } = await askPicture(pictures.settings(Object.fromEntries(draft)), ending.signal);
        if (shown.peek()) URL.revokeObjectURL(shown.peek() ?? '');
        shown.value = url;
        problem.value = undefined;
      } catch (error) {
        if (!ending.signal.aborted) problem.value = (error as Error).message;
      }
    };
    const timer = setTimeout(draw, shown.peek() ? settledAfter : 0);
    return () => {
      clearTimeout(timer);
      ending.abort();
    };
  }, [clubName, template, theme, view.value]);
  return (
    <figure class="preview club-preview">
      {shown.value ? <img src={shown.value} alt={words.preview} width="1280" height="720" /> : <span class="blank" />}
      <figcaption class={problem.value ? 'problem-text' : 'soft'}>{problem.value ?? words.preview}</figcaption>
    </figure>
  );
}
