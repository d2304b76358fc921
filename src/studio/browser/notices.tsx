import { crowd } from './state/crowd.ts';
import { connection, trouble } from './state/live.ts';
import { isOutdated } from './state/reload.ts';

/** What keeps the page from being up to date, and what to do about it. */
export function Notices() {
  const text =
    crowd.value ??
    (connection.value === 'lost'
      ? 'The studio does not answer. Is `npm start` still running? This page recovers once it does.'
      : isOutdated.value
        ? 'The studio was updated. This page reloads once what it does has ended.'
        : trouble.value);
  return (
    <div role="alert" class="notices">
      {text && <p class="notice">{text}</p>}
    </div>
  );
}
