import { effect } from '@preact/signals';
import { newsKey } from '../../../domain/news-key.ts';
import { type Video, videos } from './live.ts';
import { notifies } from './permission.ts';
import { addressOf, go } from './route.ts';

/**
 * Notifies once about each video that begins to wait for a person or needs attention while the page is open, and once
 * about a cause that holds up several.
 */
export function notifyOfNews(): void {
  let known: Set<string> | undefined;
  effect(() => {
    if (!videos.value) return;
    const news = [...videos.value.values()].filter(
      ({ stage }) => stage === 'WAITING_FOR_SELECTION' || stage === 'NEEDS_ATTENTION',
    );
    const told = known ?? new Set(news.map(newsKey));
    for (const video of news) {
      if (!told.has(newsKey(video))) notify(video);
      told.add(newsKey(video));
    }
    known = told;
  });
}

function notify(video: Video): void {
  if (notifies.peek() !== 'on') return;
  const name = video.title ?? video.recording;
  const text =
    video.stage === 'NEEDS_ATTENTION'
      ? { title: `Needs attention: ${name}`, body: video.attention?.reason ?? '' }
      : { title: `Waits for you: ${name}`, body: 'Choose the best frame.' };
  // Several open pages produce only one: a notification replaces another with the same tag.
  const notification = new Notification(text.title, { body: text.body, tag: newsKey(video), icon: '/assets/icon.svg' });
  notification.onclick = () => {
    focus();
    go(addressOf(video.videoId));
    notification.close();
  };
}
