import { useSignal } from '@preact/signals';
import type { PublishedVideo } from '../../published-list.ts';
import { pictures } from '../api.ts';
import { about } from '../state/about.ts';
import { reachable } from '../state/reachable.ts';
import { addressOf, follow } from '../state/route.ts';
import { Icon } from '../ui/icon.tsx';
import { CopyLink } from './copy-link.tsx';
import { sayDay } from './days.ts';
import { RehearsedVideo } from './rehearsed.tsx';
import { words } from './words.ts';

const sayMoment = (iso: string) => new Date(iso).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });

/** One published video, with what people are sent. */
export function PublishedRow({ video }: { readonly video: PublishedVideo }) {
  const { videoId, title, day, publishedAt, publishAt, channel, isRehearsal, watchUrl, hostName } = video;
  const watch = reachable(watchUrl);
  const isScheduled = publishAt !== undefined && Date.parse(publishAt) > Date.now();
  return (
    <article class="published-row">
      <Thumbnail video={video} />
      <div class="row-text">
        {videoId ? (
          <a class="row-title" href={addressOf(videoId)} onClick={follow}>
            {title}
          </a>
        ) : (
          <span class="row-title">{title}</span>
        )}
        <span class="soft">
          <time dateTime={day}>{sayDay(day)}</time>
          {channel && ` · ${channel}`}
          {isRehearsal && ` · ${about.value?.isRehearsal ? words.rehearsal : words.onlyRehearsed}`}
          {hostName && ` · ${words.publishedBy(hostName)}`}
        </span>
        <span class="soft">
          {isScheduled ? words.publicFrom(sayMoment(publishAt)) : words.onChannelSince(sayMoment(publishedAt))}
        </span>
        {watch ? (
          <a class="published-link" href={watch} target="_blank" rel="noreferrer">
            {watch.replace(/^https?:\/\/(www\.)?/, '')} <Icon name="link" />
          </a>
        ) : (
          <span class="soft">{words.onlyThere}</span>
        )}
      </div>
      {isRehearsal && about.value?.isRehearsal === false ? (
        <RehearsedVideo video={video} />
      ) : (
        watch && <CopyLink url={watch} title={title} />
      )}
    </article>
  );
}

function Thumbnail({ video: { contentId, videoId, publishedAt } }: { readonly video: PublishedVideo }) {
  const isMissing = useSignal(false);
  const source = contentId ? pictures.published(contentId) : videoId && pictures.ofVideo(videoId, publishedAt);
  return (
    <div class="row-picture">
      {source && !isMissing.value ? (
        <img src={source} alt="" loading="lazy" decoding="async" onError={() => (isMissing.value = true)} />
      ) : (
        <span class="blank" />
      )}
    </div>
  );
}
