import { type Signal, useSignal } from '@preact/signals';
import { api, ask, inWords } from './api.ts';
import type { PairingCode } from './state/devices.ts';

/** One more device: whether it becomes an administrator, and the code that it scans. */
export function PairDevice({ code }: { readonly code: Signal<PairingCode | undefined> }) {
  const problem = useSignal('');
  const isForAdministrator = useSignal(false);
  const showCode = async () => {
    try {
      code.value = await ask(api['pairing-link'].$post({ json: { administrator: isForAdministrator.peek() } }));
      problem.value = '';
    } catch (error) {
      problem.value = inWords(error);
    }
  };
  if (code.value) {
    return (
      <figure class="pairing-code">
        <img src={`data:image/svg+xml,${encodeURIComponent(code.value.svg)}`} alt="The code to scan" />
        <figcaption>
          Scan it with a phone on the same network, or open there: <code>{code.value.link}</code>
          <span class="soft"> It works once, for ten minutes.</span>
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
        <span>As an administrator: it may change settings and unpair other devices</span>
      </label>
      <button type="button" class="primary" onClick={() => void showCode()}>
        Pair a device
      </button>
      {problem.value && <p class="problem-text">{problem.value}</p>}
    </>
  );
}
