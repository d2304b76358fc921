import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { PublishOutcome, PublishQuote } from '../../server/publishing-desk.ts';
import { api, ask } from '../api.ts';
import { follow } from '../state/route.ts';
import { useAsked } from '../ui/asked-once.ts';
import { Dialog } from '../ui/dialog.tsx';
import { isFocusLost } from '../ui/lost-focus.ts';
import { words } from './words.ts';

const { forReal } = words;
const placeOfSignIn = '/settings#youtube';

interface Props {
  readonly videoIds: readonly string[];
  readonly titleOf: (videoId: string) => string;
  readonly onClose: () => void;
}

/** One question before rehearsed videos are published for real: how many, on which channel, and what it takes. */
export function PublishQuestion({ videoIds, titleOf, onClose }: Props) {
  const outcomes = useSignal<readonly PublishOutcome[] | undefined>(undefined);
  const asked = useAsked(() => ask<PublishQuote>(api.rehearsed.quote.$post({ json: { videoIds: [...videoIds] } })));
  const { found: quote, problem, code, isBusy, look, attempt } = asked;
  const primary = useRef<HTMLButtonElement>(null);
  const publish = ({ videoIds: told, channel }: PublishQuote) =>
    attempt(async () => {
      const { videos } = await ask<{ videos: readonly PublishOutcome[] }>(
        api.rehearsed.publish.$post({ json: { videoIds: [...told], channelId: channel.id } }),
      );
      outcomes.value = videos;
    });
  const { value: shown } = quote;
  const { value: done } = outcomes;
  useEffect(() => {
    // A button that was disabled, or has gone, has lost it.
    if (!isBusy.value && isFocusLost()) primary.current?.focus();
  }, [isBusy.value]);
  return (
    <Dialog title={forReal.title((shown?.videoIds ?? videoIds).length)} isOpen onClose={onClose}>
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
          {shown && !done && !problem.value && (
            <button
              ref={primary}
              type="button"
              class="primary"
              disabled={isBusy.value}
              onClick={() => void publish(shown)}
            >
              {forReal.confirm}
            </button>
          )}
          {problem.value && (
            <button ref={primary} type="button" class="primary" disabled={isBusy.value} onClick={() => void look()}>
              {forReal.again}
            </button>
          )}
          {code.value === 'AUTH_REQUIRED' && (
            <a class="plain" href={placeOfSignIn} onClick={follow}>
              {forReal.settings}
            </a>
          )}
          <button ref={done && primary} type="button" class="plain" onClick={onClose}>
            {done ? forReal.close : forReal.leave}
          </button>
        </div>
      </div>
    </Dialog>
  );
}

function Outcomes({ outcomes, titleOf }: { outcomes: readonly PublishOutcome[]; titleOf: Props['titleOf'] }) {
  const isUnderWay = ({ outcome, asksForFrame }: PublishOutcome) => outcome === 'started' && !asksForFrame;
  const underWay = outcomes.filter(isUnderWay).length;
  const others = outcomes.filter((outcome) => !isUnderWay(outcome));
  return (
    <>
      {underWay > 0 && <p>{forReal.underWay(underWay)}</p>}
      <ul>
        {others.map(({ videoId, outcome, problem }) => (
          <li key={videoId}>
            {titleOf(videoId)}: {problem ?? forReal.outcomes[outcome === 'refused' ? 'not-rehearsed' : outcome]}
          </li>
        ))}
      </ul>
    </>
  );
}
