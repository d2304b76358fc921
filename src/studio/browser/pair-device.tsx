import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { api, ask, inWords } from './api.ts';
import type { PairingCode } from './state/devices.ts';

const words = {
  notYet:
    'Only this machine reaches the studio. Phones and tablets on the same network reach it once you let them, and only those that you pair can use it. Their connection is not encrypted: use it only on a network that you trust.',
  letIn: 'Let paired devices in',
  scan: 'Scan it with a phone on the same network, or open there:',
  once: 'It works once, for ten minutes.',
  code: 'The code to scan',
  administrator: 'As an administrator: it may change settings and unpair other devices',
  pair: 'Pair a device',
} as const;

/** One more device: whether it becomes an administrator, and the code that it scans. */
export function PairDevice({ code }: { readonly code: Signal<PairingCode | undefined> }) {
  const problem = useSignal('');
  const isForAdministrator = useSignal(false);
  const isReachable = useSignal(true);
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
      problem.value = '';
    } catch (error) {
      problem.value = inWords(error);
    }
  };
  const look = async () => {
    isReachable.value = (await ask(api.network.$get())).isOpen;
  };
  useEffect(() => void attempt(look), []);
  const letIn = () =>
    attempt(async () => {
      isReachable.value = (await ask(api.network.$post())).isOpen;
    });
  const showCode = () =>
    attempt(async () => {
      code.value = await ask(api['pairing-link'].$post({ json: { administrator: isForAdministrator.peek() } }));
    });
  if (!isReachable.value) {
    return (
      <>
        <p>{words.notYet}</p>
        <button type="button" class="primary" onClick={() => void letIn()}>
          {words.letIn}
        </button>
        {problem.value && <p class="problem-text">{problem.value}</p>}
      </>
    );
  }
  if (code.value) {
    return (
      <figure class="pairing-code">
        <img src={`data:image/svg+xml,${encodeURIComponent(code.value.svg)}`} alt={words.code} />
        <figcaption>
          {words.scan} <code>{code.value.link}</code>
          <span class="soft"> {words.once}</span>
        </figcaption>
      </figure>
    );
  }
  return (
    <>
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
      <button type="button" class="primary" onClick={() => void showCode()}>
        {words.pair}
      </button>
      {problem.value && <p class="problem-text">{problem.value}</p>}
    </>
  );
}
