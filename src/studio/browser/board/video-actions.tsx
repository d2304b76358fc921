import { useSignal } from '@preact/signals';
import { api, ask } from '../api.ts';
import { undo } from '../state/choosing.ts';
import type { Video } from '../state/live.ts';
import { addressOf, follow, go, route } from '../state/route.ts';
import { sessionOf } from '../state/session.ts';
import { tell, tellProblem } from '../state/toasts.ts';
import { canRetryHelp, mayBeSentAgain, needsCorrection, needsOtherFrame } from '../ui/attention.ts';
import { Dialog } from '../ui/dialog.tsx';

/** What a person can do with a video at its current stage. */
export function VideoActions({ video }: { readonly video: Video }) {
  const { videoId, stage, undoUntil, waiting, attention, changeable } = video;
  const asked = useSignal<'cancel' | 'sendAgain' | undefined>(undefined);
  const isBusy = useSignal(false);
  const isOpen = stage !== 'COMPLETED' && stage !== 'CANCELLED';
  const name = video.title ?? video.recording;
  const cause = attention ?? waiting;
  const retryClass = cause && !canRetryHelp(cause) ? 'plain' : 'primary';
  const run = async (action: () => Promise<string>) => {
    isBusy.value = true;
    asked.value = undefined;
    try {
      tell({ kind: 'done', text: await action() });
    } catch (error) {
      tellProblem(error);
    }
    isBusy.value = false;
  };
  const change = () => {
    sessionOf(videoId).isChanging.value = true;
    go(addressOf(videoId));
  };
  const retry = (order: { readonly sendAgain?: boolean; readonly host?: string }) =>
    run(async () => {
      await ask(api.videos[':id'].retry.$post({ param: { id: videoId }, json: order }));
      return `Trying again: ${name}. If it fails again, the list says why.`;
    });
  const cancel = () =>
    run(async () => {
      const { privateUrl } = await ask(api.videos[':id'].cancel.$post({ param: { id: videoId }, json: {} }));
      return privateUrl ? `Cancelled: ${name}. On the channel, private, stays ${privateUrl}` : `Cancelled: ${name}`;
    });
  const startAgain = () =>
    run(async () => {
      const { kind } = await ask(api.videos[':id'].start.$post({ param: { id: videoId }, json: {} }));
      return kind === 'published' ? `It was published already: ${name}` : `Started again: ${name}`;
    });
  return (
    <div class="actions">
      {stage === 'WAITING_FOR_SELECTION' && !undoUntil && (
        <a class="primary" href={addressOf(videoId)} onClick={follow}>
          Choose
        </a>
      )}
      {undoUntil && stage === 'WAITING_FOR_SELECTION' && (
        <button type="button" class="plain" onClick={() => void undo(videoId)}>
          Undo
        </button>
      )}
      {changeable && (
        <button type="button" class="plain" onClick={change}>
          Change
        </button>
      )}
      {attention && needsCorrection(attention) && route.value.page === 'board' && (
        <a class="primary" href={addressOf(videoId)} onClick={follow}>
          Correct
        </a>
      )}
      {attention && needsOtherFrame(attention) && route.value.page === 'board' && (
        <a class="primary" href={addressOf(videoId)} onClick={follow}>
          Choose another
        </a>
      )}
      {((stage === 'NEEDS_ATTENTION' && !(attention && needsCorrection(attention))) || waiting) && (
        <button type="button" class={retryClass} disabled={isBusy.value} onClick={() => void retry({})}>
          {stage === 'NEEDS_ATTENTION' ? 'Retry' : 'Try now'}
        </button>
      )}
      {attention?.hosts?.map(({ id, name: machine }) => (
        <button key={id} type="button" class="primary" disabled={isBusy.value} onClick={() => void retry({ host: id })}>
          The one on{' '}
          {attention.hosts?.some((other) => other.id !== id && other.name === machine) ? `${machine} (${id})` : machine}
        </button>
      ))}
      {mayBeSentAgain(cause?.code) && (
        <button type="button" class="plain" onClick={() => (asked.value = 'sendAgain')}>
          Send again …
        </button>
      )}
      {stage === 'CANCELLED' && (
        <button type="button" class="plain" disabled={isBusy.value} onClick={() => void startAgain()}>
          Start again
        </button>
      )}
      {isOpen && (
        <button type="button" class="quiet" disabled={isBusy.value} onClick={() => (asked.value = 'cancel')}>
          Cancel …
        </button>
      )}
      <Dialog title={`Cancel “${name}”?`} isOpen={asked.value === 'cancel'} onClose={() => (asked.value = undefined)}>
        <p>Its work stops. The recording stays where it is and can be started again.</p>
        {video.privateUrl && <p>What is already on the channel stays there, private: {video.privateUrl}</p>}
        <div class="dialog-buttons">
          <button type="button" class="plain" onClick={() => (asked.value = undefined)}>
            Keep it
          </button>
          <button type="button" class="danger" onClick={() => void cancel()}>
            Cancel the video
          </button>
        </div>
      </Dialog>
      <Dialog
        title={`Send “${name}” again?`}
        isOpen={asked.value === 'sendAgain'}
        onClose={() => (asked.value = undefined)}
      >
        <p>
          Look in YouTube Studio first: if the video is there, press Retry instead, or delete it there before you send
          it again.
        </p>
        <div class="dialog-buttons">
          <button type="button" class="plain" onClick={() => (asked.value = undefined)}>
            Not yet
          </button>
          <button type="button" class="danger" onClick={() => void retry({ sendAgain: true })}>
            It is not there: send it again
          </button>
        </div>
      </Dialog>
    </div>
  );
}
