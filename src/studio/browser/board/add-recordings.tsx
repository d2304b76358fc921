import { useSignal } from '@preact/signals';
import type { InferResponseType } from 'hono/client';
import { useEffect, useRef } from 'preact/hooks';
import { aboutFile } from '../../words-here.ts';
import { api, ask } from '../api.ts';
import { createNaming, firstCorrections, type Naming, settle } from '../naming/naming.ts';
import { tell, tellProblem } from '../state/toasts.ts';
import { Dialog } from '../ui/dialog.tsx';
import { addFiles } from '../uploads/queue.ts';
import { UploadList } from '../uploads/tray.tsx';
import { RecordingRow } from './recording-row.tsx';

type Answer = InferResponseType<typeof api.recordings.$get, 200>;

/** Milliseconds. */
const readEvery = 3000;

const newOnes = ({ recordings }: Answer) => recordings.filter(({ state }) => state === 'new');

/** Keeps a list of the input folder up to date until `end`; `now` reads it at once. */
function readAgainAndAgain(show: (answer: Answer) => void) {
  let isOver = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastProblem: string | undefined;
  let latest = 0;
  const read = async () => {
    latest += 1;
    const own = latest;
    try {
      const answer = await ask(api.recordings.$get());
      if (!isOver && own === latest) show(answer);
      lastProblem = undefined;
    } catch (error) {
      const { message } = error as Error;
      if (!isOver && message !== lastProblem) tellProblem(error);
      lastProblem = message;
    }
    if (!isOver && own === latest) timer = setTimeout(read, readEvery);
  };
  const now = () => {
    clearTimeout(timer);
    void read();
  };
  now();
  return {
    now,
    end() {
      isOver = true;
      clearTimeout(timer);
    },
  };
}

/** Those of the recordings that are to be started. */
const openForms = '.recordings li:has(> label :checked) form.naming';

/** Files of this device, or recordings in the input folder. */
export function AddRecordings({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const found = useSignal<Answer | undefined>(undefined);
  const wanted = useSignal<ReadonlySet<string>>(new Set());
  const reading = useRef<() => void>(undefined);
  useEffect(() => {
    if (!isOpen) return;
    found.value = undefined;
    wanted.value = new Set();
    const { now, end } = readAgainAndAgain((answer) => {
      found.value = answer;
      const names = new Set(newOnes(answer).map(({ name }) => name));
      wanted.value = new Set([...wanted.peek()].filter((name) => names.has(name)));
    });
    reading.current = now;
    return end;
  }, [isOpen]);
  const namings = useRef(new Map<string, { readonly modified: string; readonly naming: Naming }>());
  /** Of this file: a camera gives the same name again. */
  const namingOf = ({ name, bytes, modified }: Answer['recordings'][number]) => {
    const before = namings.current.get(name);
    if (before?.modified === modified) return before.naming;
    // Its form is opened by the person: the folder may hold many that nobody means to start.
    const naming = createNaming({ name, bytes, changedAt: Date.parse(modified) }, false);
    namings.current.set(name, { modified, naming });
    return naming;
  };
  const fresh = found.value ? newOnes(found.value) : [];
  const toggle = (name: string) => {
    const next = new Set(wanted.value);
    if (!next.delete(name)) next.add(name);
    wanted.value = next;
  };
  const start = async () => {
    if (![...document.querySelectorAll<HTMLFormElement>(openForms)].every((form) => form.reportValidity())) return;
    for (const name of wanted.peek()) {
      const { naming } = namings.current.get(name) ?? {};
      if (naming?.isOpen.peek()) settle(naming);
    }
    onClose();
    try {
      const names = [...wanted.value];
      const said = names.flatMap((name) => {
        const { naming } = namings.current.get(name) ?? {};
        const corrections = naming && firstCorrections(naming);
        return corrections ? [[name, { ...corrections }] as const] : [];
      });
      const json = { names, ...(said.length > 0 && { corrections: Object.fromEntries(said) }) };
      const { outcomes } = await ask(api.recordings.start.$post({ json }));
      const failed = outcomes.filter(({ kind }) => kind === 'failed');
      for (const { name, kind } of outcomes) {
        if (kind === 'failed') continue;
        namings.current.get(name)?.naming.forget();
        namings.current.delete(name);
      }
      for (const { name, note } of failed) tell({ kind: 'problem', text: aboutFile(name, note ?? '') });
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
        <span class="soft">
          They are sent to the input folder, also once this window is closed. Each is started when its match is known.
        </span>
      </label>
      <UploadList />
      <h3>In the input folder</h3>
      {fresh.length > 1 && (
        <label class="all-new">
          <input
            type="checkbox"
            checked={wanted.value.size === fresh.length}
            onChange={({ currentTarget }) => {
              wanted.value = new Set(currentTarget.checked ? fresh.map(({ name }) => name) : []);
            }}
          />
          All {fresh.length} new ones
        </label>
      )}
      {found.value === undefined && <p class="soft">Looking …</p>}
      {found.value?.recordings.length === 0 && (
        <p class="soft">
          There is nothing in <code>{found.value.folder}</code>
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by keys, whether or not anything in it can be ticked */}
      <ul class="recordings" tabIndex={0} aria-label="In the input folder">
        {found.value?.recordings.map((recording) => (
          <RecordingRow
            key={recording.name}
            recording={recording}
            naming={namingOf(recording)}
            isWanted={wanted.value.has(recording.name)}
            onToggle={() => toggle(recording.name)}
            onNamed={() => {
              wanted.value = new Set(wanted.peek()).add(recording.name);
            }}
            onMoved={() => reading.current?.()}
          />
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
