import { after, isChosenHere, undo } from '../state/choosing.ts';
import { clockTime } from '../state/clock.ts';
import type { Video } from '../state/live.ts';
import { addressOf, follow } from '../state/route.ts';
import type { DeskSession } from '../state/session.ts';

/** When two people choose at the same time, the second sees what happened. */
export function ChosenElsewhere({ video, session }: { readonly video: Video; readonly session: DeskSession }) {
  const choice = session.status.value?.choice;
  if (!video.undoUntil && !(choice && video.stage === 'WAITING_FOR_SELECTION')) return null;
  const next = after(video.videoId);
  const what = !choice
    ? 'A frame'
    : 'atSeconds' in choice
      ? `The moment at ${clockTime(choice.atSeconds)}`
      : 'frame' in choice
        ? `The frame at ${clockTime(timeOf(choice.frame, session))}`
        : 'The best frame';
  return (
    <p class="notice chosen" role="status">
      <span>
        {what} has just been chosen for this video{isChosenHere(video.videoId) ? '' : ', by somebody else'}. It is
        carried out in a moment.
      </span>
      <button type="button" class="plain" onClick={() => void undo(video.videoId)}>
        Undo
      </button>
      {next && (
        <a class="plain" href={addressOf(next.videoId)} onClick={follow}>
          Next video
        </a>
      )}
    </p>
  );
}

const timeOf = (name: string, { view }: DeskSession) =>
  view.value?.candidates.find(({ frame }) => frame === name)?.time ?? 0;
