import { useSignal } from '@preact/signals';
import type { InferResponseType } from 'hono/client';
import { useEffect } from 'preact/hooks';
import { api, ask } from './api.ts';
import { about } from './state/about.ts';
import { ago, now } from './state/clock.ts';
import { isAtTheMachine } from './state/reachable.ts';
import { tell, tellProblem } from './state/toasts.ts';
import { Dialog } from './ui/dialog.tsx';

type Device = InferResponseType<typeof api.devices.$get, 200>['devices'][number];
type Code = InferResponseType<(typeof api)['pairing-link']['$post'], 200>;

/** Milliseconds between two looks at who is paired, while somebody looks on. */
const lookEvery = 3000;

/** Phones and other devices that may use the studio: who they are, one more, one less. */
export function Devices({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const devices = useSignal<readonly Device[] | undefined>(undefined);
  const code = useSignal<Code | undefined>(undefined);
  const problem = useSignal<string | undefined>(undefined);
  const isForAdministrator = useSignal(false);
  const look = async () => {
    const before = devices.peek();
    ({ devices: devices.value } = await ask(api.devices.$get()));
    const known = new Set(before?.map(({ id }) => id));
    // The code that this one used is good no more.
    if (before && devices.value.some(({ id }) => !known.has(id))) code.value = undefined;
  };
  useEffect(() => {
    if (!isOpen) return;
    devices.value = undefined;
    code.value = undefined;
    problem.value = undefined;
    isForAdministrator.value = false;
    look().catch(tellProblem);
    // While it is away the page says so.
    const clock = setInterval(() => void look().catch(() => undefined), lookEvery);
    return () => clearInterval(clock);
  }, [isOpen]);
  const showCode = async () => {
    try {
      code.value = await ask(api['pairing-link'].$post({ json: { administrator: isForAdministrator.peek() } }));
    } catch (error) {
      problem.value = (error as Error).message;
    }
  };
  const unpair = async ({ id, name, isThis }: Device) => {
    try {
      await ask(api.devices[':id'].$delete({ param: { id } }));
      // To the page that says how it is paired again.
      if (isThis) return location.reload();
      tell({ kind: 'done', text: `Unpaired: ${name ?? 'a device'}` });
      await look();
    } catch (error) {
      tellProblem(error);
    }
  };
  return (
    <Dialog title="Devices" isOpen={isOpen} onClose={onClose}>
      {devices.value?.length === 0 && <p class="soft">No device is paired.</p>}
      <ul class="devices">
        {devices.value?.map((device) => (
          <li key={device.id}>
            <span>
              <b>{device.name ?? 'A device'}</b>
              {device.isAdministrator && <span class="badge">Administrator</span>}
              {device.isThis && <span class="badge">This device</span>}
              <span class="soft">
                {' '}
                paired {new Date(device.since).toLocaleDateString([], { dateStyle: 'medium' })}, last seen{' '}
                {ago(new Date(device.lastSeen).toISOString(), now.value)} ago
              </span>
            </span>
            <button type="button" class="plain" onClick={() => void unpair(device)}>
              {device.isThis ? 'Unpair this device' : 'Unpair'}
            </button>
          </li>
        ))}
      </ul>
      {!isAtTheMachine && (
        <p class="soft">
          Once it is unpaired, this device can no longer use the studio, until it scans a new code, which is shown only
          on the machine that runs the studio{about.value?.isAdministrator ? '' : ', as the other devices are'}.
        </p>
      )}
      {isAtTheMachine && !code.value && (
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
        </>
      )}
      {problem.value && <p class="problem-text">{problem.value}</p>}
      {code.value && (
        <figure class="pairing-code">
          <img src={`data:image/svg+xml,${encodeURIComponent(code.value.svg)}`} alt="The code to scan" />
          <figcaption>
            Scan it with a phone on the same network, or open there: <code>{code.value.link}</code>
            <span class="soft"> It works once, for ten minutes.</span>
          </figcaption>
        </figure>
      )}
    </Dialog>
  );
}
