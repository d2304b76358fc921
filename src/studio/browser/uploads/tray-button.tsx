import { Icon } from '../ui/icon.tsx';
import { isTrayOpen, total, type UploadState, uploads } from './upload-list.ts';
import { timeLeft } from './words.ts';

/** How far the uploads are, on every page; opens the list of them. */
export function TrayButton() {
  if (uploads.value.length === 0) return null;
  const { word, tone, spoken } = summary();
  return (
    <>
      <button
        type="button"
        class={`plain tray-button ${tone}`}
        aria-expanded={isTrayOpen.value}
        aria-controls="tray"
        aria-label={`Uploads: ${spoken}`}
        onClick={() => (isTrayOpen.value = !isTrayOpen.value)}
      >
        <Icon name="send" />
        {word}
      </button>
      <span class="unseen" role="status">
        {tone === 'work' ? '' : `Uploads: ${spoken}`}
      </span>
    </>
  );
}

interface Summary {
  readonly word: string;
  readonly tone: 'work' | 'wait' | 'bad' | 'good';
  readonly spoken: string;
}

/** What needs a person comes first. */
function summary(): Summary {
  const count = (state: UploadState) => uploads.value.filter((each) => each.state === state).length;
  const { count: going, fraction, secondsLeft, isStalled } = total.value;
  const failed = count('failed');
  if (failed > 0) return { word: `${failed} failed`, tone: 'bad', spoken: `${failed} failed` };
  const percent = `${Math.floor(fraction * 100)} %`;
  if (isStalled) return { word: 'Stalled', tone: 'wait', spoken: `stalled at ${percent}; they continue by themselves` };
  if (going > 0) {
    const rest = secondsLeft === undefined ? '' : `, ${timeLeft(secondsLeft)}`;
    return { word: percent, tone: 'work', spoken: `${going} under way, ${percent}${rest}` };
  }
  const unfinished = count('unfinished');
  if (unfinished > 0) return { word: `${unfinished} unfinished`, tone: 'wait', spoken: `${unfinished} unfinished` };
  return { word: 'Sent', tone: 'good', spoken: 'all sent' };
}
