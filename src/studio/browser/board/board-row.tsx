import { useComputed, useSignal } from '@preact/signals';
import { wordsHere } from '../../words-here.ts';
import { pictures } from '../api.ts';
import { selected } from '../several/selection.ts';
import { words } from '../several/words.ts';
import { about } from '../state/about.ts';
import { ago, now } from '../state/clock.ts';
import { steps, type Video } from '../state/live.ts';
import { isAtTheMachine, reachable } from '../state/reachable.ts';
import { addressOf, follow } from '../state/route.ts';
import { actionHere } from '../ui/attention.ts';
import { Icon } from '../ui/icon.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { wordsFor } from '../ui/stage.ts';
import { VideoActions } from './video-actions.tsx';

const withPicture = [
  'PREPARING',
  'RANKING',
  'WAITING_FOR_SELECTION',
  'SELECTING',
  'ENHANCING',
  'UPLOADING',
  'CLEANING_UP',
  'COMPLETED',
  'NEEDS_ATTENTION',
];

interface Props {
  readonly video: Video;
  /** @param isRange with all between this and the last one */
  readonly onSelect: (isRange: boolean) => void;
}

export function BoardRow({ video, onSelect }: Props) {
  const { videoId, recording, title, stage, since, attention, waiting, note, watchUrl, rehearsal, warnings, ended } =
    video;
  // A row is redrawn only for its own progress.
  const step = useComputed(() => steps.value.get(videoId)).value;
  const isSelected = useComputed(() => selected.value.has(videoId)).value;
  const { word, tone } = wordsFor(video);
  // Its address is this machine's own: on a phone it leads nowhere.
  const temporal = isAtTheMachine ? about.value?.temporal : undefined;
  const watch = reachable(watchUrl);
  const isOpen = stage !== 'COMPLETED' && stage !== 'CANCELLED';
  return (
    <article class={`row ${tone}`}>
      <div class="row-lead">
        <a
          class="row-picture"
          href={addressOf(videoId)}
          onClick={follow}
          tabIndex={-1}
          aria-label={`Open ${title ?? recording}`}
        >
          {withPicture.includes(stage) ? (
            <RowPicture id={videoId} version={`${stage} ${since}`} />
          ) : (
            <span class="blank" />
          )}
        </a>
        <label class="row-select">
          <input
            type="checkbox"
            aria-label={words.select(title ?? recording)}
            checked={isSelected}
            onClick={(event) => onSelect(event.shiftKey)}
          />
        </label>
      </div>
      <div class="row-text">
        <a class="row-title" href={addressOf(videoId)} onClick={follow}>
          {title ?? recording}
        </a>
        <span class="soft row-file">{title ? recording : videoId}</span>
        {step && isOpen && stage !== 'WAITING_FOR_SELECTION' && <ProgressBar step={step} />}
        {attention && (
          <span class="problem-text">
            {attention.reason} <b>{actionHere(attention)}</b>
          </span>
        )}
        {ended && <span class="problem-text">{video.next}</span>}
        {waiting && (
          <span class="soft">
            Resumes automatically{' '}
            {new Date(waiting.until).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' })}: {waiting.reason}
          </span>
        )}
        {note && (!step || step.waiting) && <span class="soft">{wordsHere(note)}</span>}
        {isOpen && !attention && warnings.length > 0 && <span class="hint">{warnings.at(-1)}</span>}
      </div>
      <div class="row-stage">
        <span class={`badge ${tone}`}>{word}</span>
        <span class="soft" title={new Date(since).toLocaleString()}>
          {isOpen ? `for ${ago(since, now.value)}` : `${ago(since, now.value)} ago`}
        </span>
      </div>
      <div class="row-links">
        {watch && (
          <a class="link" href={watch} target="_blank" rel="noreferrer">
            Watch{rehearsal ? ' (rehearsal)' : ''} <Icon name="link" />
          </a>
        )}
        {temporal && (
          <a
            class="link faint"
            href={`${temporal.url}/namespaces/${encodeURIComponent(temporal.namespace)}/workflows/${encodeURIComponent(videoId)}/${video.runId}`}
            target="_blank"
            rel="noreferrer"
          >
            Temporal <Icon name="link" />
          </a>
        )}
      </div>
      <VideoActions video={video} />
    </article>
  );
}

function RowPicture({ id, version }: { readonly id: string; readonly version: string }) {
  const isMissing = useSignal(false);
  if (isMissing.value) return <span class="blank" />;
  return (
    <img
      src={pictures.ofVideo(id, version)}
      alt=""
      loading="lazy"
      decoding="async"
      onError={() => {
        isMissing.value = true;
      }}
    />
  );
}
