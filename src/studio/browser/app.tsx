import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { AddRecordings } from './board/add-recordings.tsx';
import { Board } from './board/board.tsx';
import { ChoosePage } from './choose/choose-page.tsx';
import { Devices } from './devices.tsx';
import { Header } from './header.tsx';
import { KnownNames } from './naming/known-names.tsx';
import { Notices } from './notices.tsx';
import { SignInNotice } from './sign-in-notice.tsx';
import { about } from './state/about.ts';
import { queue } from './state/choosing.ts';
import { videos } from './state/live.ts';
import { addressOf, go, route } from './state/route.ts';
import { openDialogs } from './ui/dialog.tsx';
import { lazily } from './ui/lazily.tsx';
import { Toasts } from './ui/toasts.tsx';
import { dropTaker, receiveDrops } from './uploads/receive-drops.ts';
import { Tray } from './uploads/tray.tsx';

const FirstStartPage = lazily(async () => (await import('./rarely-shown.ts')).FirstStartPage);
const PublishedPage = lazily(async () => (await import('./rarely-shown.ts')).PublishedPage);
const SettingsPage = lazily(async () => (await import('./rarely-shown.ts')).SettingsPage);

export function App() {
  const isAdding = useSignal(false);
  const isShowingDevices = useSignal(false);
  const isDropping = useSignal(false);
  const { value: here } = route;
  useEffect(() => receiveDrops(isDropping), []);
  // The studio opens where somebody is needed: at the first start, or else at the video that has waited longest.
  useEffect(() => {
    if (here.page !== 'home' || !videos.value || !about.value) return;
    if (about.value.isFirstStart) return go('/first-start', { replace: true });
    const [longest] = queue.value;
    go(longest ? addressOf(longest.videoId) : '/board', { replace: true });
  }, [here.page, videos.value, about.value]);
  const place = here.page === 'video' ? here.id : here.page;
  const before = useRef(place);
  // The page the person was on is gone, and the focus with it: announce the new one to people who cannot see it.
  useEffect(() => {
    if (before.current !== place) document.getElementById('main')?.focus({ preventScroll: true });
    before.current = place;
  }, [place]);
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <div class="head">
        <Header onAdd={() => (isAdding.value = true)} onDevices={() => (isShowingDevices.value = true)} />
        <Notices />
        <SignInNotice />
        {openDialogs.value === 0 && <Toasts />}
      </div>
      <Tray />
      <main id="main" tabIndex={-1}>
        {here.page === 'video' && <ChoosePage key={here.id} id={here.id} />}
        {here.page === 'settings' && <SettingsPage />}
        {here.page === 'published' && <PublishedPage />}
        {here.page === 'first-start' && <FirstStartPage place={here.place} />}
        {(here.page === 'board' || here.page === 'home') && <Board onAdd={() => (isAdding.value = true)} />}
      </main>
      <KnownNames />
      <AddRecordings isOpen={isAdding.value} onClose={() => (isAdding.value = false)} />
      <Devices isOpen={isShowingDevices.value} onClose={() => (isShowingDevices.value = false)} />
      {isDropping.value && <div class="drop-veil">{dropTaker.value?.words ?? 'Drop recordings to add them'}</div>}
    </>
  );
}
