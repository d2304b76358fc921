import type { DeskSession } from '../state/session.ts';

/** Another frame is being chosen: until when that is possible, and how to leave everything as it was. */
export function ChangeOfChoice({ session, isInTime }: { readonly session: DeskSession; readonly isInTime: boolean }) {
  return (
    <p class="notice" role="status">
      <span>
        {isInTime
          ? 'Choose another frame: it replaces the one chosen before, as long as publishing has not begun.'
          : 'Publishing has begun, so it is too late to choose another frame.'}
      </span>
      <button
        type="button"
        class="plain"
        onClick={() => {
          session.isChanging.value = false;
        }}
      >
        {isInTime ? 'Keep the first choice' : 'Back to the video'}
      </button>
    </p>
  );
}
