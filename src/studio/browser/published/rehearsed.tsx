import { signal } from '@preact/signals';
import type { InferResponseType } from 'hono/client';
import type { PublishedVideo } from '../../published-list.ts';
import { api, ask } from '../api.ts';
import { about } from '../state/about.ts';
import { videos } from '../state/live.ts';
import { addressOf, follow } from '../state/route.ts';
import { useQuestion } from '../ui/asked-once.ts';
import { PublishQuestion } from './publish-question.tsx';
import { words } from './words.ts';

type Rehearsed = InferResponseType<typeof api.rehearsed.$get, 200>;

const { forReal } = words;

/** What was rehearsed here and is not on the real YouTube; undefined until it has been read. */
const rehearsed = signal<Rehearsed | undefined>(undefined);

export async function readRehearsed(): Promise<void> {
  rehearsed.value = await ask<Rehearsed>(api.rehearsed.$get());
}

const titleOf = (videoId: string) =>
  rehearsed.peek()?.videos.find((video) => video.videoId === videoId)?.title ?? videoId;

/** Being processed, whether for real or not. */
const isUnderWay = (videoId: string) => {
  const video = videos.value?.get(videoId);
  return video !== undefined && video.stage !== 'COMPLETED' && video.stage !== 'CANCELLED';
};

/** How many videos are only rehearsed, and one button for all. */
export function RehearsedBar() {
  const { isAsking, button, open, close } = useQuestion();
  const { value: known } = rehearsed;
  if (!known || known.videos.length === 0 || !about.value) return null;
  const ready = known.videos.filter(({ videoId, problem }) => problem === undefined && !isUnderWay(videoId)).length;
  return (
    <section class="rehearsed-bar card" aria-label={forReal.bar}>
      <p>{forReal.rehearsed(known.videos.length)}</p>
      {about.value.isRehearsal ? (
        <p class="soft">
          {forReal.switchFirst} {known.mayPublish && <a href="/settings">{forReal.settings}</a>}
        </p>
      ) : known.mayPublish ? (
        ready > 0 && (
          <button ref={button} type="button" class="plain" onClick={open}>
            {forReal.all(ready)} …
          </button>
        )
      ) : (
        <p class="soft">{forReal.administrators}</p>
      )}
      {isAsking.value && <PublishQuestion titleOf={titleOf} onClose={close} />}
    </section>
  );
}

/** What can be done about one of them. */
export function RehearsedVideo({ video: { contentId, title } }: { readonly video: PublishedVideo }) {
  const { isAsking, button, open, close } = useQuestion();
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
    <>
      <button ref={button} type="button" class="plain" onClick={open}>
        {forReal.one} … <span class="unseen">{words.ofVideo(title)}</span>
      </button>
      {isAsking.value && <PublishQuestion videoIds={[own.videoId]} titleOf={titleOf} onClose={close} />}
    </>
  );
}
