import { useSignal } from '@preact/signals';
import type { PublishOutcome, PublishQuote } from '../../server/publishing-desk.ts';
import { api, ask } from '../api.ts';
import { useAsked } from '../ui/asked-once.ts';
import { Dialog } from '../ui/dialog.tsx';
import { words } from './words.ts';

const { forReal } = words;

interface Props {
  /** Absent: all that can be published. */
  readonly videoIds?: readonly string[] | undefined;
  readonly titleOf: (videoId: string) => string;
  readonly onClose: () => void;
}

/** One question before rehearsed videos are published for real: how many, on which channel, and what it takes. */
export function PublishQuestion({ videoIds, titleOf, onClose }: Props) {
  const which = videoIds ? { videoIds: [...videoIds] } : {};
  const outcomes = useSignal<readonly PublishOutcome[] | undefined>(undefined);
  const asked = useAsked(() => ask<PublishQuote>(api.rehearsed.quote.$post({ json: which })));
  const { found: quote, problem, isBusy, attempt } = asked;
  const publish = (channelId: string) =>
    attempt(async () => {
      const { videos } = await ask<{ videos: readonly PublishOutcome[] }>(
        api.rehearsed.publish.$post({ json: { ...which, channelId } }),
      );
      outcomes.value = videos;
    });
  const { value: shown } = quote;
  const { value: done } = outcomes;
  return (
    <Dialog title={forReal.title(shown?.videos ?? videoIds?.length)} isOpen onClose={onClose}>
      <div class="target-question" aria-live="polite">
        {!shown && !problem.value && <p>{forReal.asking}</p>}
        {problem.value && <p class="problem-text">{problem.value}</p>}
        {shown && !done && (
          <>
            <p>{shown.comesTo}</p>
            <p class="soft">{forReal.asRehearsed}</p>
          </>
        )}
        {done && <Outcomes outcomes={done} titleOf={titleOf} />}
        <div class="account-actions">
          {shown && !done && (
            <button
              type="button"
              class="primary"
              disabled={isBusy.value}
              onClick={() => void publish(shown.channel.id)}
            >
              {forReal.confirm}
            </button>
          )}
          {!shown && problem.value && (
            <a class="primary" href="/settings#youtube">
              {forReal.settings}
            </a>
          )}
          <button type="button" class="plain" onClick={onClose}>
            {done ? forReal.close : forReal.leave}
          </button>
        </div>
      </div>
    </Dialog>
  );
}

function Outcomes({ outcomes, titleOf }: { outcomes: readonly PublishOutcome[]; titleOf: Props['titleOf'] }) {
  const underWay = outcomes.filter(({ outcome }) => outcome === 'started' || outcome === 'joined').length;
  const others = outcomes.filter(({ outcome }) => outcome !== 'started' && outcome !== 'joined');
  return (
    <>
      {underWay > 0 && <p>{forReal.underWay(underWay)}</p>}
      <ul>
        {others.map(({ videoId, outcome, problem }) => (
          <li key={videoId}>
            {titleOf(videoId)}: {problem ?? (outcome === 'published' ? forReal.already : forReal.unknown)}
          </li>
        ))}
      </ul>
    </>
  );
}
