import { words } from './words.ts';

/** What comes now. */
export function EndStep({ onDone }: { readonly onDone: () => void }) {
  return (
    <>
      <p>{words.end.about}</p>
      <div class="first-start-buttons">
        <button type="button" class="primary" onClick={onDone}>
          {words.finish}
        </button>
      </div>
    </>
  );
}
