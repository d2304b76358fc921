import { useSignal } from '@preact/signals';
import type { InferResponseType } from 'hono/client';
import { useEffect } from 'preact/hooks';
import { api, ask } from '../api.ts';
import { tell, tellProblem } from '../state/toasts.ts';
import { Dialog } from '../ui/dialog.tsx';
import { addFiles, uploads } from './drop.ts';

type Answer = InferResponseType<typeof api.recordings.$get, 200>;

/** Files of this device, or recordings in the input folder. */
export function AddRecordings({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const found = useSignal<Answer | undefined>(undefined);
  const wanted = useSignal<ReadonlySet<string>>(new Set());
  useEffect(() => {
    if (!isOpen) return;
    found.value = undefined;
    wanted.value = new Set();
    ask(api.recordings.$get()).then((answer) => {
      found.value = answer;
      wanted.value = new Set(answer.recordings.filter(({ state }) => state === 'new').map(({ name }) => name));
    }, tellProblem);
  }, [isOpen]);
  const toggle = (name: string) => {
    const next = new Set(wanted.value);
    if (!next.delete(name)) next.add(name);
    wanted.value = next;
  };
  const start = async () => {
    onClose();
    try {
      const { outcomes } = await ask(api.recordings.start.$post({ json: { names: [...wanted.value] } }));
      const failed = outcomes.filter(({ kind }) => kind === 'failed');
      for (const { name, note } of failed) tell({ kind: 'problem', text: `${name}: ${note}` });
      const started = outcomes.length - failed.length;
      if (started > 0)
        tell({ kind: 'done', text: started === 1 ? 'One video started.' : `${started} videos started.` });
    } catch (error) {
      tellProblem(error);
    }
  };
  return (
    <Dialog title="Add recordings" isOpen={isOpen} onClose={onClose} wide>
      <label class="drop-here">
        <input
          type="file"
          multiple
          accept=".mov,.mp4,video/quicktime,video/mp4"
          onChange={({ currentTarget }) => {
            addFiles(currentTarget.files ?? []);
            currentTarget.value = '';
          }}
        />
        <b>Drop recordings here, or click to choose them</b>
        <span class="soft">They are copied into the input folder and started.</span>
      </label>
      {uploads.value.map(({ id, name, fraction, stop }) => (
        <div key={id} class="upload">
          <span>{name}</span>
          <progress max={1} value={fraction} aria-label={`Copying ${name}`} />
          <span class="soft">{Math.floor(fraction * 100)} %</span>
          <button type="button" class="quiet" onClick={stop}>
            Stop
          </button>
        </div>
      ))}
      <h3>In the input folder</h3>
      {found.value === undefined && <p class="soft">Looking …</p>}
      {found.value?.recordings.length === 0 && (
        <p class="soft">
          There is nothing in <code>{found.value.folder}</code>
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by keys, whether or not anything in it can be ticked */}
      <ul class="recordings" tabIndex={0} aria-label="In the input folder">
        {found.value?.recordings.map(({ name, bytes, state, match, problem }) => (
          <li key={name}>
            <label>
              <input
                type="checkbox"
                checked={wanted.value.has(name)}
                disabled={state !== 'new'}
                onChange={() => toggle(name)}
              />
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
          </li>
        ))}
      </ul>
      <div class="dialog-buttons">
        <button type="button" class="plain" onClick={onClose}>
          Close
        </button>
        <button type="button" class="primary" disabled={wanted.value.size === 0} onClick={() => void start()}>
          Start {wanted.value.size > 0 ? wanted.value.size : ''}
        </button>
      </div>
    </Dialog>
  );
}

const size = (bytes: number) => (bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`);
