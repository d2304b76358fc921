import type { PublishedWish } from '../../published-list.ts';

/** What the page's address asks for; the address keeps it through Back and reloading. */
export function readWish(query: string): PublishedWish {
  const asked = new URLSearchParams(query);
  const fits = (name: string, form: RegExp) => {
    const value = asked.get(name) ?? '';
    return form.test(value) ? value : undefined;
  };
  return {
    search: asked.get('search') ?? '',
    month: fits('month', /^\d{4}-(0[1-9]|1[0-2])$/),
    day: fits('day', /^\d{4}-\d\d-\d\d$/),
  };
}

/** The inverse of `readWish`, for the page and for the API. */
export function queryOf({ search, month, day }: PublishedWish): string {
  const query = new URLSearchParams({ ...(search && { search }), ...(month && { month }), ...(day && { day }) });
  return query.size > 0 ? `?${query}` : '';
}
