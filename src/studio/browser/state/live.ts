import { computed, effect, signal } from '@preact/signals';
import type { RunningStep } from '../../../temporal/client/progress.ts';
import type { VideoSummary } from '../../../temporal/client/videos.ts';
import type { LiveEventName, LiveEvents } from '../../live-events.ts';
import { api } from '../api.ts';
import { crowd } from './crowd.ts';

export type Video = VideoSummary;

/** Undefined until the first message from the server. */
export const videos = signal<ReadonlyMap<string, Video> | undefined>(undefined);
export const steps = signal<ReadonlyMap<string, RunningStep | null>>(new Map());
/** Whether the server is connected; `lost` is shown to the person, and recovers on its own. */
export const connection = signal<'opening' | 'live' | 'lost'>('opening');
/** Temporal is not answering, in the server's words. */
export const trouble = signal<string | null>(null);
const stream = signal<string | undefined>(undefined);
const screen = signal<readonly string[]>([]);

/** Videos waiting for a person, longest wait first. */
export const waiting = computed(() =>
  [...(videos.value?.values() ?? [])]
    .filter(({ stage, undoUntil }) => stage === 'WAITING_FOR_SELECTION' && !undoUntil)
    .sort((a, b) => a.since.localeCompare(b.since)),
);

/** The page says which videos are visible, so that only those are queried. */
export function showOnScreen(videoIds: readonly string[]): void {
  if (videoIds.join() !== screen.peek().join()) screen.value = videoIds;
}

/** Opens the event stream; it reconnects automatically after the server was away. */
export function goLive(): void {
  const source = new EventSource('/api/events');
  const on = <Name extends LiveEventName>(name: Name, handle: (data: LiveEvents[Name]) => void) =>
    source.addEventListener(name, (event) => handle(JSON.parse((event as MessageEvent<string>).data)));
  let isFirst = true;
  on('hello', ({ stream: name, version }) => {
    // After an update of the program the page would no longer match it.
    if (version !== document.documentElement.dataset.version) return location.reload();
    stream.value = name;
    crowd.value = null;
    isFirst = true;
    connection.value = 'live';
  });
  on('videos', ({ changed, gone }) => {
    const next = new Map(isFirst ? [] : videos.peek());
    isFirst = false;
    for (const video of changed) next.set(video.videoId, video);
    for (const id of gone) next.delete(id);
    videos.value = next;
  });
  on('progress', (changed) => {
    const next = new Map(steps.peek());
    for (const { videoId, step } of changed) next.set(videoId, step);
    steps.value = next;
  });
  on('full', ({ problem }) => {
    crowd.value = problem;
  });
  on('trouble', ({ problem }) => {
    trouble.value = problem;
  });
  source.addEventListener('error', () => {
    stream.value = undefined;
    connection.value = 'lost';
    // A browser gives up permanently after an error response, such as one from a restarting server.
    if (source.readyState === EventSource.CLOSED) setTimeout(comeBack, 2000);
  });
}

/** A device whose pairing has ended is sent to the page that says so. */
async function comeBack(): Promise<void> {
  const answer = await api.about.$get().catch(() => undefined);
  if ((answer?.status as number | undefined) === 401) location.reload();
  else goLive();
}

effect(() => {
  if (stream.value === undefined) return;
  const json = { videoIds: [...screen.value].slice(0, 200) };
  api.events[':stream'].screen.$put({ param: { stream: stream.value }, json }).catch(() => {});
});
