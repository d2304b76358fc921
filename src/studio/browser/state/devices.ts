import { type Signal, signal } from '@preact/signals';
import type { InferResponseType } from 'hono/client';
import { api, ask } from '../api.ts';

export type Device = InferResponseType<typeof api.devices.$get, 200>['devices'][number];
export type PairingCode = InferResponseType<(typeof api)['pairing-link']['$post'], 200>;

/** Milliseconds between two looks at who is paired, while somebody looks on. */
const lookEvery = 3000;

/** The paired devices, and the code for one more. */
export interface PairedDevices {
  /** Undefined until they have been read. */
  readonly devices: Signal<readonly Device[] | undefined>;
  readonly code: Signal<PairingCode | undefined>;
  /** The code that was shown last works no longer. */
  readonly isOver: Signal<boolean>;
  readonly look: () => Promise<void>;
}

export function createPairedDevices(): PairedDevices {
  const devices = signal<readonly Device[] | undefined>(undefined);
  const code = signal<PairingCode | undefined>(undefined);
  const isOver = signal(false);
  const look = async () => {
    ({ devices: devices.value } = await ask(api.devices.$get()));
    const { value: shown } = code;
    if (!shown) return;
    const { isValid } = await ask(api['pairing-link'].check.$post({ json: { link: shown.link } }));
    // Another one may have been made meanwhile.
    if (isValid || code.peek() !== shown) return;
    code.value = undefined;
    isOver.value = true;
  };
  return { devices, code, isOver, look };
}

/** Looks again and again until the function returned is called. */
export function watchDevices({ look }: PairedDevices, failed: (error: unknown) => void): () => void {
  look().catch(failed);
  // While it is away the page says so.
  const clock = setInterval(() => void look().catch(() => undefined), lookEvery);
  return () => clearInterval(clock);
}
