import { useSignal } from '@preact/signals';
import type { InferResponseType } from 'hono/client';
import { api, ask } from '../api.ts';
import { tell, tellProblem } from '../state/toasts.ts';
import { size } from '../uploads/words.ts';

type Recording = InferResponseType<typeof api.recordings.$get, 200>['recordings'][number];

interface Props {
  readonly recording: Recording;
  readonly isWanted: boolean;
  readonly onToggle: () => void;
  /** It has another name or place now. */
  readonly onMoved: () => void;
}

/** A recording of the input folder: to be started, renamed or put aside, unless a video is at work on it. */
export function RecordingRow({ recording, isWanted, onToggle, onMoved }: Props) {
  const { name, bytes, state, match, problem } = recording;
  const typed = useSignal<string | undefined>(undefined);
  const run = async (action: () => Promise<string>) => {
    try {
      tell({ kind: 'done', text: await action() });
      typed.value = undefined;
    } catch (error) {
      tellProblem(error);
    }
    onMoved();
  };
  const rename = (to: string) =>
    run(async () => {
      await ask(api.recordings[':name'].rename.$post({ param: { name }, json: { to } }));
      return `${name} is called ${to} now.`;
    });
  const putAside = () =>
    run(async () => {
      const { file } = await ask(api.recordings[':name']['put-aside'].$post({ param: { name }, json: {} }));
      return `${name} was put aside: ${file}`;
    });
  return (
    <li>
      <label>
        <input type="checkbox" checked={isWanted} disabled={state !== 'new'} onChange={onToggle} />
        <span>
          <b>{match ?? name}</b>
          <span class="soft">
            {match && `${name} · `}
            {size(bytes)}
            {state === 'running' && ' · in progress'}
            {state === 'published' && ' · published'}
            {state === 'unfinished' && ' · unfinished'}
          </span>
          {state === 'unfinished' && (
            <span class="hint">It is still being copied, or the copy broke off. If it did, copy it again.</span>
          )}
          {problem && state === 'new' && <span class="hint">{problem} You can correct it here afterwards.</span>}
        </span>
      </label>
      {typed.value !== undefined ? (
        <form
          class="renaming"
          onSubmit={(event) => {
            event.preventDefault();
            void rename(typed.value?.trim() ?? '');
          }}
        >
          <input
            aria-label={`New name of ${name}`}
            value={typed.value}
            onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
          />
          <button type="submit" class="plain" disabled={typed.value.trim() === '' || typed.value === name}>
            Rename
          </button>
          <button type="button" class="quiet" onClick={() => (typed.value = undefined)}>
            Keep the name
          </button>
        </form>
      ) : (
        state !== 'running' && (
          <div class="recording-actions">
            <button type="button" class="quiet" aria-label={`Rename ${name}`} onClick={() => (typed.value = name)}>
              Rename …
            </button>
            <button type="button" class="quiet" aria-label={`Put aside ${name}`} onClick={() => void putAside()}>
              Put aside
            </button>
          </div>
        )
      )}
    </li>
  );
}
