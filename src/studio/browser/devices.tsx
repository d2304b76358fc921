import { useEffect, useMemo } from 'preact/hooks';
import { api, ask } from './api.ts';
import { PairDevice } from './pair-device.tsx';
import { about } from './state/about.ts';
import { ago, now } from './state/clock.ts';
import { createPairedDevices, type Device, watchDevices } from './state/devices.ts';
import { isAtTheMachine } from './state/reachable.ts';
import { tell, tellProblem } from './state/toasts.ts';
import { Dialog } from './ui/dialog.tsx';

/** Phones and other devices that may use the studio: who they are, one more, one less. */
export function Devices({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  // Each time it is opened, it begins anew.
  const paired = useMemo(createPairedDevices, [isOpen]);
  const { devices, look } = paired;
  useEffect(() => (isOpen ? watchDevices(paired, tellProblem) : undefined), [isOpen]);
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
      {isAtTheMachine && <PairDevice paired={paired} />}
    </Dialog>
  );
}
