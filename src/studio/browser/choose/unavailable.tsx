import { useEffect } from 'preact/hooks';
import type { DeskSession } from '../state/session.ts';

/** Milliseconds; the machine may be switched on any time. */
const lookAgainEvery = 10_000;

/** Why the pictures of a video are not shown that another machine has, until they are. */
export function Unavailable({ session }: { readonly session: DeskSession }) {
  const { unavailable } = session.view.value ?? {};
  const isMissing = unavailable !== undefined;
  useEffect(() => {
    if (!isMissing) return;
    const timer = setInterval(() => void session.read(), lookAgainEvery);
    return () => clearInterval(timer);
  }, [isMissing, session]);
  if (!unavailable) return null;
  return (
    <p class="notice" role="status">
      <span>
        {unavailable.problem} {unavailable.action}
      </span>
    </p>
  );
}
