import { type Signal, useSignal } from '@preact/signals';
import type { InferResponseType } from 'hono/client';
import { useEffect, useRef } from 'preact/hooks';
import type { Corrections } from '../../../domain/corrections.ts';
import type { Match } from '../../../domain/match-words.ts';
import { byteLength } from '../../../domain/text.ts';
import { api, ask } from '../api.ts';
import { about } from '../state/about.ts';
import { correctionsOf, type DeskSession } from '../state/session.ts';
import { tell } from '../state/toasts.ts';
import { needsCorrection } from '../ui/attention.ts';
import { isFocusLost } from '../ui/lost-focus.ts';
import { Count } from './count.tsx';
import { MatchFields } from './match-fields.tsx';
import { OtherReadings } from './other-readings.tsx';
import { matchUnder } from './typed-match.ts';

type Check = InferResponseType<(typeof api.videos)[':id']['metadata']['$post'], 200>;

/** Milliseconds without a key press after which the input is checked. */
const typingPause = 150;

/**
 * What is said about a match, to be corrected before it is published; checked as it is typed, accepted by the workflow.
 */
export function MatchForm({ session, isOpen }: { readonly session: DeskSession; readonly isOpen?: Signal<boolean> }) {
  const { view, status, draft } = session;
  const check = useSignal<Check | undefined>(undefined);
  const problem = useSignal<string | undefined>(undefined);
  const isSaving = useSignal(false);
  const summary = useRef<HTMLElement>(null);
  const known = status.value?.corrections ?? {};
  const wishes = correctionsOf(session);
  const isChanged = draft.value !== undefined && JSON.stringify(draft.value) !== JSON.stringify(known);
  const wished = JSON.stringify(wishes);
  useEffect(() => {
    let isOld = false;
    const timer = setTimeout(
      () => {
        ask(api.videos[':id'].metadata.$post({ param: { id: session.id }, json: JSON.parse(wished) })).then(
          (answer) => {
            if (!isOld) check.value = answer;
          },
          () => {},
        );
      },
      check.peek() ? typingPause : 0,
    );
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [wished, view.value?.video.title]);

  const match: Match | undefined = matchUnder(wishes, view.value?.readings.match);
  const set = (correction: Partial<Corrections>) => {
    problem.value = undefined;
    draft.value = { ...wishes, ...correction };
  };
  const save = async () => {
    isSaving.value = true;
    try {
      await session.saveDraft();
      const { title, recording } = status.peek() ?? {};
      tell({ kind: 'done', text: `Corrected: ${title ?? recording}` });
      problem.value = undefined;
      // Save cannot be pressed again, so the focus would be lost.
      if (isFocusLost(summary.current?.closest('details'))) summary.current?.focus();
    } catch (error) {
      problem.value = (error as Error).message;
    }
    isSaving.value = false;
  };
  const derived = check.value?.ok ? check.value : undefined;
  const { titleCharacters = 100, descriptionBytes = 5000 } = about.value?.limits ?? {};
  const title = wishes.title ?? derived?.title ?? '';
  const description = wishes.description ?? derived?.description ?? '';
  const attention = session.view.value?.video.attention;
  const others = wishes.teams ? [] : (view.value?.readings.others ?? []);
  return (
    <details
      class="match"
      open={isOpen ? isOpen.value : attention !== undefined && attention !== null && needsCorrection(attention)}
      onToggle={(event) => {
        if (isOpen) isOpen.value = event.currentTarget.open;
      }}
    >
      <summary ref={summary}>
        Correct the match {isOpen && <kbd>E</kbd>}
        {others.length > 0 && <span class="badge wait">The file name can be read in {others.length + 1} ways</span>}
      </summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <OtherReadings taken={match} others={others} onTake={({ matchType, teams }) => set({ matchType, teams })} />
        <MatchFields wishes={wishes} named={view.value?.readings.match} onSet={set} />
        <label>
          Date of the match
          <input
            type="date"
            required
            value={wishes.date ?? derived?.date ?? view.value?.recording?.recordedOn ?? ''}
            onInput={({ currentTarget }) => set({ date: currentTarget.value || undefined })}
          />
        </label>
        <label>
          <span>
            Title <Count used={title.length} most={titleCharacters} of="characters" />
          </span>
          <input value={title} onInput={({ currentTarget }) => set({ title: currentTarget.value })} />
        </label>
        <label>
          <span>
            Description <Count used={byteLength(description)} most={descriptionBytes} of="bytes" />
          </span>
          <textarea
            rows={5}
            value={description}
            onInput={({ currentTarget }) => set({ description: currentTarget.value })}
          />
        </label>
        <label>
          Who may see it
          <select
            value={wishes.privacy ?? derived?.privacy ?? 'unlisted'}
            onChange={({ currentTarget }) =>
              set({ privacy: currentTarget.value as NonNullable<Corrections['privacy']> })
            }
          >
            <option value="public">Everybody (public)</option>
            <option value="unlisted">Anyone with the link (unlisted)</option>
            <option value="private">Only the channel’s managers (private)</option>
          </select>
        </label>
        <p class="problem-text" role="alert">
          {problem.value ?? (check.value?.ok === false ? check.value.problem : '')}
        </p>
        <div class="dialog-buttons">
          <button type="button" class="quiet" disabled={!isChanged} onClick={() => (draft.value = undefined)}>
            Discard
          </button>
          <button type="submit" class="primary" disabled={!isChanged || isSaving.value || check.value?.ok === false}>
            Save
          </button>
        </div>
      </form>
    </details>
  );
}
