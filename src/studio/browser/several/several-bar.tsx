import { useSignal } from '@preact/signals';
import type { Video } from '../state/live.ts';
import { useKeys } from '../ui/keys.ts';
import { batch } from './batch.ts';
import { type Deed, deeds } from './deeds.ts';
import { selected, selectOnly } from './selection.ts';
import { SeveralDialog } from './several-dialog.tsx';
import { words } from './words.ts';

const menu = 'several-actions';

/** What can be done with the ticked ones among the videos that are listed. */
export function SeveralBar({ shown, filter }: { readonly shown: readonly Video[]; readonly filter: string }) {
  const asked = useSignal<Deed | undefined>(undefined);
  const chosen = shown.filter(({ videoId }) => selected.value.has(videoId));
  const clear = () => {
    if (selected.peek().size === 0) return;
    selectOnly([]);
    document.getElementById('main')?.focus({ preventScroll: true });
  };
  useKeys({ Escape: () => document.querySelector(':popover-open') || clear() });
  const isBusy = batch.value?.isRunning === true;
  return (
    <>
      {chosen.length > 0 && (
        <div class="several" role="group" aria-label={words.bar}>
          <span role="status">{words.selected(chosen.length)}</span>
          <button type="button" class="plain" onClick={() => selectOnly(shown.map(({ videoId }) => videoId))}>
            {words.all(shown.length)}
            <span class="unseen">{words.allOf(filter)}</span>
          </button>
          <button type="button" class="primary several-more" popovertarget={menu}>
            {words.actions}
          </button>
          <div id={menu} class="several-actions" popover="auto" role="group" aria-label={words.actions}>
            {(Object.keys(deeds) as Deed[]).map((deed) => (
              <button
                key={deed}
                type="button"
                class="plain"
                disabled={isBusy || !chosen.some(deeds[deed].fits)}
                onClick={() => {
                  document.getElementById(menu)?.hidePopover();
                  asked.value = deed;
                }}
              >
                {words.deeds[deed].press(chosen.filter(deeds[deed].fits).length)}
              </button>
            ))}
          </div>
          <button type="button" class="quiet" aria-label={words.clear} title={words.clear} onClick={clear}>
            ✕
          </button>
        </div>
      )}
      <SeveralDialog deed={asked.value} chosen={chosen} onClose={() => (asked.value = undefined)} />
    </>
  );
}
