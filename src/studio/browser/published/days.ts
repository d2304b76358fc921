const inUtc = (day: string) => new Date(`${day}T00:00:00Z`);
const say = (form: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat([], { ...form, timeZone: 'UTC' });
  return (day: string) => format.format(inUtc(day));
};

/** Days are `YYYY-MM-DD`, months `YYYY-MM`: of the calendar, in no time zone. */
export const monthOf = (day: string) => day.slice(0, 7);
export const sayDay = say({ day: 'numeric', month: 'long', year: 'numeric' });
const sayFirst = say({ month: 'long', year: 'numeric' });
export const sayMonth = (month: string) => sayFirst(`${month}-01`);

/** The month that is so many after it; before it for negative numbers. */
export function monthAfter(month: string, by: number): string {
  const first = inUtc(`${month}-01`);
  first.setUTCMonth(first.getUTCMonth() + by);
  return monthOf(first.toISOString());
}

/** Six weeks, from the Monday on or before the first: as many for each month, so that nothing moves. */
export function weeksOf(month: string): string[][] {
  const first = inUtc(`${month}-01`);
  const before = (first.getUTCDay() + 6) % 7;
  const dayAt = (number: number) => {
    const date = new Date(first);
    date.setUTCDate(1 - before + number);
    return date.toISOString().slice(0, 10);
  };
  return Array.from({ length: 6 }, (_, week) => Array.from({ length: 7 }, (_, day) => dayAt(week * 7 + day)));
}

/** Monday to Sunday; 2024-01-01 was a Monday. */
export const weekdays = Array.from({ length: 7 }, (_, day) => {
  const date = `2024-01-0${day + 1}`;
  return { short: say({ weekday: 'short' })(date), long: say({ weekday: 'long' })(date) };
});
