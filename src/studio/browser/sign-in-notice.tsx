import { computed } from '@preact/signals';
import { words } from './settings/words.ts';
import { about } from './state/about.ts';
import { videos } from './state/live.ts';
import { go, route } from './state/route.ts';

/** How many videos wait for a new sign-in on this machine; to a rehearsal, a page cannot sign in. */
const count = computed(() => {
  const { isRehearsal = true, machineId } = about.value ?? {};
  if (isRehearsal) return 0;
  return [...(videos.value?.values() ?? [])].filter(
    ({ attention, hostId }) => attention?.code === 'AUTH_REQUIRED' && (hostId === undefined || hostId === machineId),
  ).length;
});

/** Says on every page that YouTube no longer lets the program in, with the way out. */
export function SignInNotice() {
  const { youtube } = words;
  const isAtHand = about.value?.isAdministrator === true;
  return (
    <div role="alert" class="notices">
      {count.value > 0 && (
        <div class="notice">
          <span>{isAtHand ? youtube.needed(count.value) : youtube.neededElsewhere(count.value)}</span>
          {isAtHand && route.value.page !== 'settings' && (
            <button type="button" class="plain" onClick={() => go('/settings')}>
              {youtube.signIn}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
