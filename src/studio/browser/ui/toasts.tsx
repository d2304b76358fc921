import { now } from '../state/clock.ts';
import { pressButton, toasts } from '../state/toasts.ts';
import { useKeys } from './keys.ts';

/** What just happened, with a way to undo it. */
export function Toasts() {
  const last = toasts.value.findLast(({ button }) => button?.key !== undefined);
  useKeys(last?.button?.key ? { [last.button.key]: () => pressButton(last) } : {});
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map((toast) => {
        const { id, kind, text, button, until } = toast;
        return (
          <div key={id} class={`toast ${kind}`}>
            <span>{text}</span>
            {button && (
              <button type="button" onClick={() => pressButton(toast)}>
                {button.label}
                {button.key && <kbd>{button.key.toUpperCase()}</kbd>}
                {button.key && <small aria-hidden="true">{Math.max(0, Math.ceil((until - now.value) / 1000))} s</small>}
              </button>
            )}
          </div>
        );
      })}
    </div>
  );
}
