import { useSignal } from '@preact/signals';
import { api, ask } from '../api.ts';
import { words } from './words.ts';

/** Sends a test to everybody who is told, and says what became of it. */
export function SendTest() {
  const outcome = useSignal<readonly string[]>([]);
  const isBusy = useSignal(false);
  const send = async () => {
    isBusy.value = true;
    outcome.value = [];
    try {
      const { channels } = await ask(api.settings['test-notice'].$post());
      outcome.value =
        channels.length === 0
          ? [words.nobodyIsTold]
          : channels.map(({ name, problem }) => (problem ? words.failed(name, problem) : words.arrived(name)));
    } catch (error) {
      outcome.value = [(error as Error).message];
    } finally {
      isBusy.value = false;
    }
  };
  return (
    <div class="send-test">
      <button type="button" class="plain" disabled={isBusy.value} onClick={() => void send()}>
        {words.sendTest}
      </button>
      <p role="status">{outcome.value.join(' ')}</p>
    </div>
  );
}
