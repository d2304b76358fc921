import { Icon } from '../ui/icon.tsx';
import { monthAfter, monthOf, sayMonth, weekdays, weeksOf } from './days.ts';
import { words } from './words.ts';

interface Props {
  readonly month: string;
  /** The day that the list is limited to. */
  readonly day: string | undefined;
  /** Number of videos, by day. */
  readonly counts: ReadonlyMap<string, number>;
  readonly onMonth: (month: string) => void;
  readonly onDay: (day: string | undefined) => void;
}

/** A month of the club: how many matches of which days are published. */
export function Month({ month, day, counts, onMonth, onDay }: Props) {
  const inMonth = [...counts].filter(([each]) => monthOf(each) === month);
  const videos = inMonth.reduce((sum, [, number]) => sum + number, 0);
  return (
    <section class="month" aria-labelledby="month-name">
      <div class="month-head">
        <button
          type="button"
          class="plain"
          aria-label={words.monthBefore}
          onClick={() => onMonth(monthAfter(month, -1))}
        >
          <Icon name="left" />
        </button>
        <div>
          <h2 id="month-name" aria-live="polite">
            {sayMonth(month)}
          </h2>
          <span class="soft">{words.inAll(videos, inMonth.length)}</span>
        </div>
        <button type="button" class="plain" aria-label={words.monthAfter} onClick={() => onMonth(monthAfter(month, 1))}>
          <Icon name="right" />
        </button>
      </div>
      <table aria-labelledby="month-name">
        <thead>
          <tr>
            {weekdays.map(({ short, long }) => (
              <th key={short} scope="col">
                <abbr title={long}>{short.slice(0, 2)}</abbr>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map((week) => (
            <tr key={week[0]}>
              {week.map((each) => (
                <td key={each}>
                  {monthOf(each) === month && (
                    <Day day={each} count={counts.get(each) ?? 0} {...{ chosen: day, onDay }} />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface DayProps extends Pick<Props, 'onDay'> {
  readonly day: string;
  readonly count: number;
  readonly chosen: string | undefined;
}

function Day({ day, count, chosen, onDay }: DayProps) {
  const number = Number(day.slice(8));
  if (count === 0) return <span class="soft">{number}</span>;
  const isChosen = day === chosen;
  return (
    <button type="button" class="day" aria-pressed={isChosen} onClick={() => onDay(isChosen ? undefined : day)}>
      {number}
      <span class="unseen"> {sayMonth(monthOf(day))}: </span>
      <b>{count}</b>
      <span class="unseen"> {words.videos(count)}</span>
    </button>
  );
}
