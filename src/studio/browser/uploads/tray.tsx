import { useEffect } from 'preact/hooks';
import { tellProblem } from '../state/toasts.ts';
import { chooseAgain } from './unfinished.ts';
import { drop, isTrayOpen, total, uploads } from './upload-list.ts';
import { UploadRow } from './upload-row.tsx';
import { timeLeft } from './words.ts';

/** The uploads of this page, and what earlier ones left unfinished. */
export function Tray() {
  const isShown = isTrayOpen.value && uploads.value.length > 0;
  // It scrolls with the page, so that it covers nothing.
  useEffect(() => {
    if (isShown) scrollTo(0, 0);
  }, [isShown]);
  if (!isShown) return null;
  const { count, secondsLeft } = total.value;
  const started = uploads.value.filter(({ state }) => state === 'started');
  return (
    <section id="tray" class="tray" aria-label="Uploads">
      <div class="tray-head">
        <h2>Uploads</h2>
        <span class="soft">
          {count > 0 && `${count} under way`}
          {secondsLeft !== undefined && `, ${timeLeft(secondsLeft)}`}
        </span>
        {started.length > 0 && (
          <button type="button" class="quiet" onClick={() => started.forEach(({ key }) => void drop(key))}>
            Clear those that have started
          </button>
        )}
        <button type="button" class="quiet" aria-label="Close the uploads" onClick={() => (isTrayOpen.value = false)}>
          ✕
        </button>
      </div>
      <UploadList />
    </section>
  );
}

export function UploadList() {
  const hasUnfinished = uploads.value.some(({ state }) => state === 'unfinished');
  return (
    <>
      {hasUnfinished && (
        <div class="unfinished">
          <p>
            Some recordings have arrived only in part. Choose the same files again, and they continue where they
            stopped.
          </p>
          <label class="plain file-button">
            Choose the files again
            <input
              type="file"
              multiple
              accept=".mov,.mp4,video/quicktime,video/mp4"
              onChange={({ currentTarget }) => {
                const files = [...(currentTarget.files ?? [])];
                currentTarget.value = '';
                chooseAgain(files).catch(tellProblem);
              }}
            />
          </label>
        </div>
      )}
      <ul class="uploads">
        {uploads.value.map((upload) => (
          <UploadRow key={upload.key} upload={upload} />
        ))}
      </ul>
    </>
  );
}
