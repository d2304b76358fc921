import { FolderWaits } from './folder-waits.tsx';
import { SampleMatch } from './sample-match.tsx';
import { words } from './words.ts';

interface Props {
  /** Keeps that it is over; false if that failed. */
  readonly onBegin: () => Promise<boolean>;
  readonly onDone: () => void;
}

/** The first choice, with a match that is drawn for it, and what comes then. */
export function EndStep({ onBegin, onDone }: Props) {
  return (
    <>
      <SampleMatch onBegin={onBegin} />
      <p>{words.end.about}</p>
      <FolderWaits />
      <button type="button" class="plain" onClick={onDone}>
        {words.finish}
      </button>
    </>
  );
}
