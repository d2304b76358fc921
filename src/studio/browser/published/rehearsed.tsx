import { signal } from '@preact/signals';
import type { InferResponseType } from 'hono/client';
import { useEffect } from 'preact/hooks';
import { mostPublishedAtOnce } from '../../../domain/rehearsed-cost.ts';
import type { PublishedVideo } from '../../published-list.ts';
import { api, ask } from '../api.ts';
import { about } from '../state/about.ts';
import { videos } from '../state/live.ts';
import { addressOf, follow } from '../state/route.ts';
import { giveFocusBack } from '../ui/asked-once.ts';
import { PublishQuestion } from './publish-question.tsx';
import { words } from './words.ts';

type Rehearsed = InferResponseType<typeof api.rehearsed.$get, 200>;

const { forReal } = words;

/** What was rehearsed here and is not on the real YouTube; undefined until it has been read. */
const rehearsed = signal<Rehearsed | undefined>(undefined);

export async function readRehearsed(): Promise<void> {
  rehearsed.value = await ask<Rehearsed>(api.rehearsed.$get());
}

interface Asked {
  readonly videoIds: readonly string[];
  readonly titles: ReadonlyMap<string, string>;
  readonly opener: HTMLElement;
}

/** Not of the row or the bar, which may be gone before the answer has been read. */
const asked = signal<Asked | undefined>(undefined);

const askToPublish = (opener: HTMLElement, videoIds: readonly string[]) => {
  const titles = new Map(rehearsed.peek()?.videos.map(({ videoId, title }) => [videoId, title]));
  asked.value = { titles, opener, videoIds };
};

/** The question, once a button has asked it. */
export function AskedToPublish() {
  useEffect(
    () => () => {
      asked.value = undefined;
    },
    [],
  );
  if (!asked.value) return null;
  const { titles, opener, videoIds } = asked.value;
  const close = () => {
    asked.value = undefined;
    giveFocusBack(() => opener);
  };
  return <PublishQuestion videoIds={videoIds} titleOf={(videoId) => titles.get(videoId) ?? videoId} onClose={close} />;
}

/** Being processed, whether for real or not. */
const isUnderWay = (videoId: string) => {
  const video = videos.value?.get(videoId);
  return video !== undefined && video.stage !== 'COMPLETED' && video.stage !== 'CANCELLED';
};

/** How many videos are only rehearsed, and one button for all. */
export function RehearsedBar() {
  const { value: known } = rehearsed;
  if (!known || known.videos.length === 0 || !about.value) return null;
  const isReady = ({ videoId, problem }: (typeof known.videos)[number]) => !problem && !isUnderWay(videoId);
  const ready = known.videos.filter(isReady).slice(0, mostPublishedAtOnce);
  return (
    <section class="rehearsed-bar card" aria-label={forReal.bar}>
      <p>{forReal.rehearsed(known.videos.length)}</p>
      {about.value.isRehearsal ? (
        <p class="soft">
          {forReal.switchFirst}{' '}
          {known.mayPublish && (
            <a href="/settings" onClick={follow}>
              {forReal.settings}
            </a>
          )}
        </p>
      ) : known.mayPublish ? (
        ready.length > 0 && (
          <button
            type="button"
            class="plain"
            onClick={({ currentTarget }) => {
              const ids = ready.map(({ videoId }) => videoId);
              askToPublish(currentTarget, ids);
            }}
          >
            {forReal.all(ready.length)} …
          </button>
        )
      ) : (
        <p class="soft">{forReal.administrators}</p>
      )}
    </section>
  );
}

/** What can be done about one of them. */
export function RehearsedVideo({ video: { contentId, title } }: { readonly video: PublishedVideo }) {
  const own = rehearsed.value?.videos.find(({ videoId }) => videoId === contentId);
  if (!own || about.value?.isRehearsal !== false) return null;
  if (isUnderWay(own.videoId)) {
    return (
      <a class="soft" href={addressOf(own.videoId)} onClick={follow}>
        {forReal.isUnderWay}
      </a>
    );
  }
  if (own.problem) return <p class="problem-text">{own.problem}</p>;
  if (!rehearsed.value?.mayPublish) return null;
  return (
    <button type="button" class="plain" onClick={({ currentTarget }) => askToPublish(currentTarget, [own.videoId])}>
      {forReal.one} … <span class="unseen">{words.ofVideo(title)}</span>
    </button>
  );
}
