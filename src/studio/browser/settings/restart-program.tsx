import { useSignal } from '@preact/signals';
import { api, ask } from '../api.ts';
import { readAbout } from '../state/about.ts';
import { readSettings, view } from './draft.ts';
import { words } from './words.ts';

/** Milliseconds. */
const every = 1_000;
const longest = 120_000;

const waits = () => view.peek()?.groups.some(({ settings }) => settings.some((setting) => setting.waits)) ?? false;

/** Where a setting waits for a restart and the program runs as a service: has it started again, and waits for it. */
export function RestartProgram() {
  const said = useSignal('');
  const isBusy = useSignal(false);
  const isNeeded = view.value?.canRestart === true && waits();
  if (!said.value && !isNeeded) return null;
  const isOver = said.value === words.restart.done;
  const restart = async () => {
    isBusy.value = true;
    said.value = words.restart.running;
    try {
      await ask(api.settings.restart.$post());
      said.value = (await isBack()) ? words.restart.done : words.restart.notBack;
    } catch (error) {
      said.value = (error as Error).message;
    } finally {
      isBusy.value = false;
    }
  };
  return (
    <div class="card restart-program">
      <p role="status">{isNeeded && isOver ? words.restart.why : said.value || words.restart.why}</p>
      {isNeeded && (
        <button type="button" class="plain" disabled={isBusy.value} onClick={() => void restart()}>
          {words.restart.now}
        </button>
      )}
    </div>
  );
}

/** Whether the program answers with all changes in force, within two minutes. */
async function isBack(): Promise<boolean> {
  for (const deadline = Date.now() + longest; Date.now() < deadline; ) {
    await new Promise((resolve) => setTimeout(resolve, every));
    try {
      await readSettings();
      if (waits()) continue;
      await readAbout();
      return true;
    } catch {
      // It is being started.
    }
  }
  return false;
}
