import type { MatchType } from '../domain/match.ts';

const typeNames: Record<MatchType, string> = {
  ms: "Men's Singles",
  md: "Men's Doubles",
  ws: "Women's Singles",
  wd: "Women's Doubles",
  xd: 'Mixed Doubles',
};
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Men's Doubles · 15 Dec 2024`. @param date `YYYY-MM-DD` */
export function captionOf(matchType: MatchType, date: string | undefined): string {
  const type = typeNames[matchType];
  if (!date) return type;
  const [year, month, day] = date.split('-').map(Number);
  return `${type} · ${day} ${months[(month ?? 1) - 1]} ${year}`;
}
