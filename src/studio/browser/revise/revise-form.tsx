import { useEffect, useMemo } from 'preact/hooks';
import type { Revision } from '../../../domain/revision.ts';
import { wordsHere } from '../../words-here.ts';
import type { DeskSession } from '../state/session.ts';
import type { PickPicture } from './picture.ts';
import { PictureShown } from './picture-field.tsx';
import { ReviseFields } from './revise-fields.tsx';
import { type Plan, RevisionSession, type Running } from './session.ts';
import { words } from './words.ts';

/** Changes a match on YouTube after it was published: what it shows now, what it would cost, what became of it. */
export function ReviseForm({ desk, onPick }: { readonly desk: DeskSession; readonly onPick: PickPicture }) {
  const session = useMemo(() => new RevisionSession(desk.id, () => void desk.read()), [desk]);
  useEffect(() => () => session.leave(), [session]);
  const { shown, wish, plan, running, isBusy, problem, outcome } = session;
  const isChanged = Object.keys(wish.value).length > 0;
  return (
    <details
      class="match"
      onToggle={({ currentTarget }) => {
        if (currentTarget.open && !shown.peek() && !running.peek()) void session.open();
      }}
    >
      <summary>{words.open}</summary>
      <p role="status">{outcome.value || (isBusy.value && !shown.value ? words.reading : '')}</p>
      {problem.value && (
        <p class="problem-text" role="alert">
          {wordsHere(problem.value)}
        </p>
      )}
      {running.value && <Underway session={session} state={running.value} />}
      {plan.value && !running.value && <Review desk={desk} session={session} plan={plan.value} />}
      {shown.value && !plan.value && !running.value && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (isChanged) void session.review({ revision: wish.value });
          }}
        >
          <ReviseFields
            desk={desk}
            shown={shown.value}
            wish={wish.value}
            onPick={onPick}
            onWish={(wanted: Revision) => {
              wish.value = Object.fromEntries(
                Object.entries(wanted).filter(([, value]) => value !== undefined),
              ) as Revision;
            }}
          />
          <div class="dialog-buttons">
            {shown.value.canPutBack && (
              <button
                type="button"
                class="quiet"
                disabled={isBusy.value}
                onClick={() => void session.review({ putBack: true })}
              >
                {words.putBack}
              </button>
            )}
            <button type="button" class="quiet" disabled={!isChanged} onClick={() => (wish.value = {})}>
              {words.discard}
            </button>
            <button type="submit" class="primary" disabled={!isChanged || isBusy.value}>
              {words.review}
            </button>
          </div>
        </form>
      )}
    </details>
  );
}

interface ReviewProps {
  readonly desk: DeskSession;
  readonly session: RevisionSession;
  readonly plan: Plan;
}

/** What would be changed, what stands against it, and what it costs. */
function Review({ desk, session, plan: { order, report } }: ReviewProps) {
  const thumbnail = order.revision?.thumbnail;
  const { changes, conflicts, refused, unitsAtMost } = report;
  const isNothing = changes.length + conflicts.length + refused.length === 0;
  return (
    <>
      <dl class="revision-changes">
        {changes.map(({ field, before, after }) => (
          <div key={field}>
            <dt>{words.fields[field]}</dt>
            <dd>
              {field === 'thumbnail' && thumbnail ? (
                <PictureShown desk={desk} wish={thumbnail} />
              ) : (
                words.from(before, after)
              )}
            </dd>
          </div>
        ))}
        {conflicts.map(({ field, now, asked }) => (
          <div key={field}>
            <dt>{words.fields[field]}</dt>
            <dd class="problem-text">{words.conflict(now, asked)}</dd>
          </div>
        ))}
        {refused.map(({ field, problem }) => (
          <div key={field}>
            <dt>{words.fields[field]}</dt>
            <dd class="problem-text">{problem}</dd>
          </div>
        ))}
      </dl>
      <p>{isNothing ? words.nothing : words.cost(unitsAtMost)}</p>
      <div class="dialog-buttons">
        <button type="button" class="quiet" onClick={() => (session.plan.value = undefined)}>
          {words.back}
        </button>
        {!isNothing && refused.length === 0 && (
          <button
            type="button"
            class="primary"
            disabled={session.isBusy.value}
            onClick={() => void session.carryOut(conflicts.length > 0 ? { ...order, force: true } : order)}
          >
            {conflicts.length > 0 ? words.changeAnyway : words.change}
          </button>
        )}
      </div>
    </>
  );
}

function Underway({ session, state }: { readonly session: RevisionSession; readonly state: Running }) {
  const { note, waiting } = state;
  const until = waiting && new Date(waiting.until).toLocaleString([], { dateStyle: 'full', timeStyle: 'short' });
  return (
    <>
      <p role="status">
        {waiting && until ? wordsHere(words.waiting(`${waiting.reason} ${waiting.action}`, until)) : note}
      </p>
      <div class="dialog-buttons">
        {waiting && (
          <button type="button" class="quiet" disabled={session.isBusy.value} onClick={() => void session.retry()}>
            {words.retry}
          </button>
        )}
        <button type="button" class="quiet" disabled={session.isBusy.value} onClick={() => void session.stop()}>
          {words.stop}
        </button>
      </div>
    </>
  );
}
