import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { api, ask, inWords } from './api.ts';
import type { PairedDevices, PairingCode } from './state/devices.ts';
import { giveFocusBack } from './ui/asked-once.ts';

const words = {
  notYet:
    'Only this machine can reach the studio. Phones and tablets on the same network reach it once you let them, and only those that you pair can use it. Their connection is not encrypted: use it only on a network that you trust.',
  letIn: 'Let paired devices in',
  isOpen: 'Devices on the network reach the studio, and those that are paired can use it.',
  keepOut: 'Keep other devices out',
  shown: 'A code is shown. It works once, for ten minutes.',
  over: 'The code no longer works: it was used, another one was made, or ten minutes are over.',
  scan: 'Scan it with a phone on the same network, or open there:',
  code: 'The code to scan',
  administrator: 'As an administrator: it may change settings and unpair other devices',
  pair: 'Pair a device',
  newCode: 'New code',
} as const;

/** One more device: whether others reach the studio, whether it becomes an administrator, and the code that it scans. */
export function PairDevice({ paired: { code, isOver } }: { readonly paired: PairedDevices }) {
  const problem = useSignal('');
  const isForAdministrator = useSignal(false);
  const isReachable = useSignal(true);
  const primary = useRef<HTMLButtonElement>(null);
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
      problem.value = '';
    } catch (error) {
      problem.value = inWords(error);
    }
  };
  const take = async (answer: Promise<{ readonly isOpen: boolean }>) => {
    isReachable.value = (await answer).isOpen;
  };
  const change = async (request: () => Promise<{ readonly isOpen: boolean }>) => {
    await attempt(() => take(request()));
    code.value = undefined;
    isOver.value = false;
    giveFocusBack(() => primary.current);
  };
  useEffect(() => void attempt(() => take(ask(api.network.$get()))), []);
  const showCode = () =>
    attempt(async () => {
      code.value = await ask(api['pairing-link'].$post({ json: { administrator: isForAdministrator.peek() } }));
    });
  const trouble = problem.value && <p class="problem-text">{problem.value}</p>;
  if (!isReachable.value) {
    return (
      <>
        <p>{words.notYet}</p>
        <button ref={primary} type="button" class="primary" onClick={() => void change(() => ask(api.network.$post()))}>
          {words.letIn}
        </button>
        {trouble}
      </>
    );
  }
  return (
    <>
      {code.value ? (
        <Code code={code.value} />
      ) : (
        <label class="check">
          <input
            type="checkbox"
            checked={isForAdministrator.value}
            onChange={({ currentTarget }) => {
              isForAdministrator.value = currentTarget.checked;
            }}
          />
          <span>{words.administrator}</span>
        </label>
      )}
      <p role="status" class="soft pairing-status">
        {code.value ? words.shown : isOver.value && words.over}
      </p>
      {/* The same button for each code, so that the focus stays on it. */}
      <button ref={primary} type="button" class={code.value ? 'plain' : 'primary'} onClick={() => void showCode()}>
        {code.value || isOver.value ? words.newCode : words.pair}
      </button>
      {trouble}
      <div class="keep-out">
        <p class="soft">{words.isOpen}</p>
        <button type="button" class="plain" onClick={() => void change(() => ask(api.network.$delete()))}>
          {words.keepOut}
        </button>
      </div>
    </>
  );
}

function Code({ code: { svg, link } }: { readonly code: PairingCode }) {
  return (
    <figure class="pairing-code">
      <img src={`data:image/svg+xml,${encodeURIComponent(svg)}`} alt={words.code} />
      <figcaption>
        {words.scan} <code>{link}</code>
      </figcaption>
    </figure>
  );
}
