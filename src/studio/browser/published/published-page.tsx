import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import type { InferResponseType } from 'hono/client';
import { useEffect, useRef } from 'preact/hooks';
import { type PublishedWish, wanted } from '../../published-list.ts';
import { api, ask } from '../api.ts';
import { videos } from '../state/live.ts';
import { monthOf, sayDay, sayMonth } from './days.ts';
import { Month } from './month.tsx';
import { PublishedRow } from './published-row.tsx';
import { AskedToPublish, RehearsedBar, readRehearsed } from './rehearsed.tsx';
import { queryOf, readWish } from './wish.ts';
import { words } from './words.ts';

type Answer = InferResponseType<typeof api.published.$get, 200>;

/** Rows that are drawn before a person asks for more. */
const page = 60;

/** Changes with each that is published, also where a video that was rehearsed has been, unseen, running in between. */
function lastPublished(all: Iterable<{ readonly stage: string; readonly since: string }>): string {
  const moments = [...all].flatMap(({ stage, since }) => (stage === 'COMPLETED' ? [since] : []));
  return `${moments.length} ${moments.sort().at(-1)}`;
}

/** What is on the channel: found again by month, day and name, to be sent to those who played. */
export function PublishedPage() {
  const found = useSignal<Answer | undefined>(undefined);
  const problem = useSignal<string | undefined>(undefined);
  const began = useRef(readWish(location.search));
  const wish = useSignal<PublishedWish>(began.current);
  const turned = useSignal<string | undefined>(undefined);
  const rows = useSignal(page);
  const published = useComputed(() => lastPublished(videos.value?.values() ?? [])).value;
  useEffect(() => {
    let isOver = false;
    // What is wrong with the list itself is said below.
    readRehearsed().catch(() => undefined);
    ask(api.published.$get({ query: {} })).then(
      (answer) => {
        if (!isOver) found.value = answer;
      },
      (error: Error) => {
        problem.value = error.message;
      },
    );
    return () => {
      isOver = true;
    };
  }, [published]);
  useSignalEffect(() => {
    const query = queryOf(wish.value);
    if (location.search !== query) history.replaceState(null, '', `${location.pathname}${query}`);
  });
  if (!found.value) return <h1 class="booting">{problem.value ?? words.reading}</h1>;
  const all = found.value.videos;
  if (all.length === 0) return <Nothing problem={found.value.problem} />;
  const { search, month, day } = wish.value;
  const searched = wanted(all, { search });
  const shown = wanted(searched, { month, day });
  const monthInSight = turned.value ?? (day ? monthOf(day) : month) ?? monthOf(all[0]?.day ?? '');
  const change = (change: PublishedWish) => {
    rows.value = page;
    wish.value = { ...wish.value, ...change };
  };
  return (
    <section class="published" aria-labelledby="published-name">
      <h1 id="published-name" class="unseen">
        {words.title}
      </h1>
      <RehearsedBar />
      <AskedToPublish />
      <div class="board-tools">
        <input
          type="search"
          aria-label={words.search}
          placeholder={words.placeholder}
          value={search ?? ''}
          onInput={({ currentTarget }) => change({ search: currentTarget.value })}
        />
        <a class="plain" href={`/api/published/csv${queryOf(wish.value)}`} download>
          {words.csv}
        </a>
      </div>
      {found.value.problem && <p class="hint">{words.partial}</p>}
      <div class="published-parts">
        <Month
          month={monthInSight}
          day={day}
          counts={countsOf(searched)}
          onMonth={(to) => {
            turned.value = to;
            if (month || day) change({ month: to, day: undefined });
          }}
          onDay={(to) => change({ day: to, month: to && monthOf(to) })}
        />
        <div class="published-list">
          <div class="chips" role="group" aria-label={words.whichDays}>
            <button
              type="button"
              aria-pressed={!month && !day}
              onClick={() => change({ month: undefined, day: undefined })}
            >
              {words.all} <b>{searched.length}</b>
            </button>
            <button
              type="button"
              aria-pressed={month === monthInSight && !day}
              onClick={() => change({ month: monthInSight, day: undefined })}
            >
              {sayMonth(monthInSight)} <b>{wanted(searched, { month: monthInSight }).length}</b>
            </button>
            {day && (
              <button type="button" aria-pressed="true" onClick={() => change({ day: undefined })}>
                {sayDay(day)} <b>{shown.length}</b>
              </button>
            )}
          </div>
          {shown.length === 0 && (
            <div class="empty">
              <h2>{words.noHit}</h2>
              <p>{search ? words.noHitFor(search) : words.noHitThen}</p>
              <button
                type="button"
                class="plain"
                onClick={() => change({ search: '', month: undefined, day: undefined })}
              >
                {words.showAll}
              </button>
            </div>
          )}
          <ul class="published-rows">
            {shown.slice(0, rows.value).map((video) => (
              <li key={video.watchUrl}>
                <PublishedRow video={video} />
              </li>
            ))}
          </ul>
          {shown.length > rows.value && (
            <button type="button" class="plain" onClick={() => (rows.value += page)}>
              {words.more(Math.min(page, shown.length - rows.value))}
            </button>
          )}
        </div>
      </div>
    </section>
  );
}

function countsOf(list: Answer['videos']): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { day } of list) counts.set(day, (counts.get(day) ?? 0) + 1);
  return counts;
}

function Nothing({ problem }: { readonly problem: string | undefined }) {
  return (
    <div class="empty">
      <h1>{words.none}</h1>
      <p>{words.noneYet}</p>
      {problem && <p class="hint">{words.partial}</p>}
    </div>
  );
}
