import { crowd } from './state/crowd.ts';
import { connection, trouble } from './state/live.ts';

/** What keeps the page from being up to date, and what to do about it. */
export function Notices() {
  const text =
    crowd.value ??
    (connection.value === 'lost'
      ? 'The studio does not answer. Is `npm start` still running? This page recovers once it does.'
      : trouble.value);
  return (
    <div role="alert" class="notices">
      {text && <p class="notice">{text}</p>}
    </div>
  );
}
