import type { RunningStep } from '../../../temporal/client/progress.ts';

/** How far a step has got, and what it is doing. */
export function ProgressBar({ step, compact }: { readonly step: RunningStep; readonly compact?: boolean }) {
  const { progress, attempt, maximumAttempts, waiting, nextTry, lastError } = step;
  const percent = progress?.fraction === undefined ? undefined : Math.floor(progress.fraction * 100);
  const tries = attempt > 1 || lastError ? `attempt ${attempt}${maximumAttempts ? ` of ${maximumAttempts}` : ''}` : '';
  const wait = waiting
    ? lastError && nextTry
      ? `tried again at ${new Date(nextTry).toLocaleTimeString()}`
      : 'waiting for a worker'
    : '';
  const words = [progress?.note, percent === undefined ? '' : `${percent} %`, tries, wait].filter(Boolean).join(' · ');
  return (
    <div class="progress">
      <progress aria-label={progress?.note ?? 'working'} max={100} value={percent} />
      {!compact && <span class="soft">{words || 'running'}</span>}
      {lastError && !compact && <span class="problem-text">{lastError}</span>}
    </div>
  );
}
