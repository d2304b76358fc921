import { useEffect, useMemo } from 'preact/hooks';
import { PairDevice } from '../pair-device.tsx';
import { createPairedDevices, watchDevices } from '../state/devices.ts';
import { isAtTheMachine } from '../state/reachable.ts';
import { tellProblem } from '../state/toasts.ts';
import { words } from './words.ts';

/** A code to scan, and the devices that have scanned one. */
export function PhoneStep() {
  const paired = useMemo(createPairedDevices, []);
  useEffect(() => watchDevices(paired, tellProblem), []);
  const names = paired.devices.value?.map(({ name }) => name ?? words.phone.unnamed) ?? [];
  return (
    <>
      <p>{words.phone.about}</p>
      <p role="status" class="paired-names">
        {names.length > 0 && words.phone.paired(names.join(', '))}
      </p>
      {isAtTheMachine ? <PairDevice paired={paired} /> : <p>{words.phone.elsewhere}</p>}
    </>
  );
}
