import { HeaderTools } from './header-tools.tsx';
import { words } from './published/words.ts';
import { about } from './state/about.ts';
import { queue } from './state/choosing.ts';
import { addressOf, follow, route } from './state/route.ts';
import { Icon } from './ui/icon.tsx';
import { TrayButton } from './uploads/tray-button.tsx';

interface Props {
  readonly onAdd: () => void;
  readonly onDevices: () => void;
}

export function Header({ onAdd, onDevices }: Props) {
  const { page } = route.value;
  const [longest] = queue.value;
  return (
    <header class="top">
      <a class="brand" href="/board" aria-label={`${about.value?.club ?? 'Studio'}: all videos`} onClick={follow}>
        <img src="/assets/icon.svg" alt="" width="28" height="28" />
        <span>{about.value?.club ?? 'Studio'}</span>
      </a>
      {about.value?.isRehearsal && (
        <span class="rehearsal" title="Videos go to the local YouTube on this machine; none begins on the real one.">
          Rehearsal
        </span>
      )}
      <nav aria-label="Views">
        <a
          href={longest ? addressOf(longest.videoId) : '/'}
          aria-current={page === 'video' ? 'page' : undefined}
          onClick={follow}
        >
          Choose {queue.value.length > 0 && <b class="count">{queue.value.length}</b>}
        </a>
        <a href="/board" aria-current={page === 'board' ? 'page' : undefined} onClick={follow}>
          All<span class="widest-only"> videos</span>
        </a>
        <a
          class="roomy-only"
          href="/published"
          aria-current={page === 'published' ? 'page' : undefined}
          onClick={follow}
        >
          {words.nav}
        </a>
      </nav>
      <div class="tools">
        <TrayButton />
        <HeaderTools onAdd={onAdd} onDevices={onDevices} />
        <button type="button" class="plain add" aria-label="Add recordings" onClick={onAdd}>
          <Icon name="plus" />
          <span>Add recordings</span>
        </button>
      </div>
    </header>
  );
}
