import { addressOf, follow } from '../state/route.ts';
import { remove, retry } from './queue.ts';
import { drop, type Upload, type UploadState } from './upload-list.ts';
import { size, timeLeft } from './words.ts';

const words: Record<UploadState, string> = {
  queued: 'Waits for its turn',
  reading: 'Being read',
  sending: 'Being sent',
  stalled: 'Stalled: no answer from the studio. It continues by itself.',
  finishing: 'Sent; being started',
  failed: 'Failed',
  unfinished: 'Unfinished',
  started: 'Started',
};

/** One upload: how far it is, and what can be done about it. */
export function UploadRow({ upload }: { readonly upload: Upload }) {
  const { key, name, bytes, sent, state, speed, problem, note, videoId } = upload;
  const fraction = bytes > 0 ? sent / bytes : 0;
  const details = [
    words[state],
    state !== 'started' && `${Math.floor(fraction * 100)} % of ${size(bytes)}`,
    speed !== undefined && `${size(speed)}/s`,
    speed && timeLeft((bytes - sent) / speed),
    note,
  ].filter(Boolean);
  return (
    <li class={`upload ${state}`}>
      <span class="upload-name">{name}</span>
      {state !== 'started' && <progress max={1} value={fraction} aria-label={`${name} sent`} />}
      <span class="soft">{details.join(' · ')}</span>
      {problem && <span class="problem-text">{problem}</span>}
      <div class="upload-actions">
        {state === 'failed' && (
          <button type="button" class="plain" aria-label={`Retry ${name}`} onClick={() => retry(key)}>
            Retry
          </button>
        )}
        {state === 'started' ? (
          <>
            {videoId && (
              <a class="plain" href={addressOf(videoId)} aria-label={`Show ${name}`} onClick={follow}>
                Show
              </a>
            )}
            <button type="button" class="quiet" aria-label={`Clear ${name}`} onClick={() => drop(key)}>
              ✕
            </button>
          </>
        ) : (
          <button type="button" class="quiet" aria-label={`Remove ${name}`} onClick={() => void remove(key)}>
            Remove
          </button>
        )}
      </div>
    </li>
  );
}
