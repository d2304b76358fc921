import { applyCorrections, type Corrections } from './corrections.ts';
import { StageError } from './errors.ts';
import { displayTeams, type Match, matchTypeHashtag, matchTypeLabel } from './match.ts';
import { isCalendarDay } from './match-date.ts';
import type { Privacy } from './privacy.ts';
import { maxHashtags, maxTagsLength, maxTitleLength, validateDescription, validateTitle } from './publish-limits.ts';
import { byteLength, hasLetterOrDigit, shorten, tidyLine, tidyParagraphs } from './text.ts';

/** What goes to YouTube in addition to the recording and the thumbnail. */
export interface MatchMetadata {
  readonly title: string;
  readonly description: string;
  /**
   * The first is always the id tag, the recording's video id: a later search of the channel uses it to find the video.
   */
  readonly tags: readonly string[];
  /** 17 is Sports. */
  readonly categoryId: '17';
  readonly privacy: Privacy;
  /** ISO 8601 with time, as `recordingDetails.recordingDate` expects; only the day is meaningful. */
  readonly recordingDate: string;
}

export interface MetadataSource {
  readonly match: Match;
  /** Day of the recording, `YYYY-MM-DD`, unless a person corrected it. */
  readonly date: string;
  /** e.g. `video-0123456789abcdef` */
  readonly videoId: string;
  readonly club: { readonly hashtags: readonly string[] };
  /** May include what `match` was already corrected with; applying it again changes nothing. */
  readonly corrections?: Corrections | undefined;
  /** Used unless a person corrected it. */
  readonly privacy: Privacy;
  /** More tags for the club, as many as there is room for. */
  readonly tags?: readonly string[] | undefined;
}

export const defaultHashtags: readonly string[] = ['sunbadminton', 'badminton', 'cafebadminton'];

// Chosen so that a derived description stays within its 5,000 bytes whatever the names are.
const maxHashtagLength = 60;
const maxHashtagLineBytes = 2000;
const maxTournamentLength = 200;
const maxPlayerLength = 100;
const maxTagLength = 100;
const shortestTournament = 12;

/**
 * Title, description, tags and settings of a match, within YouTube's limits whatever the match's names are.
 * A person's own title and description are published unchanged.
 *
 * @throws StageError METADATA_INVALID for a person's title or description that YouTube would refuse, for corrections
 *   that do not fit the match, and for a date that is not a day.
 */
export function buildMetadata(source: MetadataSource): MatchMetadata {
  const { videoId, club, corrections = {}, privacy } = source;
  const date = corrections.date ?? source.date;
  if (!isCalendarDay(date)) throw invalid([`The match date ${JSON.stringify(date)} is not a day such as 2024-12-15.`]);
  const match = publishable(applyCorrections(source.match, corrections));
  return {
    title: corrections.title === undefined ? matchTitle(match, date) : correctedTitle(corrections.title),
    description:
      corrections.description === undefined
        ? matchDescription(match, date, club.hashtags)
        : correctedDescription(corrections.description),
    tags: matchTags(match, videoId, [...club.hashtags.map(toHashtag), ...(source.tags ?? [])]),
    categoryId: '17',
    // A video with its own publishing time is public from then on.
    privacy: corrections.privacy ?? (corrections.publishAt && corrections.publishAt !== 'now' ? 'public' : privacy),
    recordingDate: `${date}T00:00:00Z`,
  };
}

/** The same match in characters that YouTube accepts. */
function publishable(match: Match): Match {
  const clean = (text: string) => tidyLine(text).replaceAll('<', '‹').replaceAll('>', '›');
  const [first, second] = match.teams;
  return { ...match, teams: [first.map(clean), second.map(clean)], tournament: clean(match.tournament) };
}

function correctedTitle(title: string): string {
  const problems = validateTitle(title);
  if (problems.length > 0) throw invalid(problems);
  return tidyLine(title);
}

function correctedDescription(description: string): string {
  const problems = validateDescription(description);
  if (problems.length > 0) throw invalid(problems);
  return tidyParagraphs(description);
}

/** Both teams, no name longer than `maxLength` UTF-16 code units. */
function shortTeams(match: Match, maxLength: number): string {
  const [first, second] = match.teams.map((team) => team.map((player) => shorten(player, maxLength)));
  return displayTeams([first ?? [], second ?? []]);
}

/** `Den/Tu vs Huy/Ha | Cafe Game (2024-12-15)`; if too long, first the tournament is shortened, then the names. */
function matchTitle(match: Match, date: string): string {
  const end = ` (${date})`;
  const teams = displayTeams(match.teams);
  const room = maxTitleLength - teams.length - ' | '.length - end.length;
  if (room >= Math.min(shortestTournament, match.tournament.length)) {
    return `${teams} | ${shorten(match.tournament, room)}${end}`;
  }
  // Every name has the same maximum length, so that short names stay whole next to long ones.
  let maxLength = maxTitleLength;
  while (maxLength > 1 && shortTeams(match, maxLength).length + end.length > maxTitleLength) maxLength -= 1;
  return shortTeams(match, maxLength) + end;
}

function matchDescription(match: Match, date: string, clubHashtags: readonly string[]): string {
  return [
    hashtagLine([...clubHashtags, matchTypeHashtag(match.matchType), match.tournament]),
    '',
    `${shorten(match.tournament, maxTournamentLength)} (${date})`,
    matchTypeLabel(match.matchType),
    shortTeams(match, maxPlayerLength),
  ].join('\n');
}

function hashtagLine(texts: readonly string[]): string {
  const hashtags = [...new Set(texts.map(toHashtag))].filter((tag) => tag.length > 0 && tag.length <= maxHashtagLength);
  let line = '';
  for (const hashtag of hashtags.slice(-maxHashtags)) {
    const longer = line === '' ? `#${hashtag}` : `${line} #${hashtag}`;
    if (byteLength(longer) <= maxHashtagLineBytes) line = longer;
  }
  return line;
}

/** A text as a hashtag without its `#`: letters with their marks and digits, in lower case, e.g. `cafegame`. */
export function toHashtag(text: string): string {
  const kept = tidyLine(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '');
  return hasLetterOrDigit(kept) ? kept.normalize('NFC') : '';
}

function matchTags(match: Match, videoId: string, clubTags: readonly string[]): string[] {
  const texts = [...match.teams.flat(), match.tournament, matchTypeLabel(match.matchType), ...clubTags];
  const wishes = texts.map((text) => tidyLine(text.replace(/[",]/g, ' '))).filter(hasLetterOrDigit);
  const tags = [videoId];
  for (const wish of wishes) {
    const known = tags.some((tag) => tag.toLowerCase() === wish.toLowerCase());
    if (!known && wish.length <= maxTagLength && tagsLength([...tags, wish]) <= maxTagsLength) tags.push(wish);
  }
  return tags;
}

/**
 * How YouTube counts tags against its 500: with a comma between two, and two quotation marks around one with a space
 * ("YouTube Data API: Videos, snippet.tags[]"). Counted in bytes, the strictest reading of its "characters".
 */
export function tagsLength(tags: readonly string[]): number {
  const quotes = tags.filter((tag) => /\s/.test(tag)).length * 2;
  return byteLength(tags.join(',')) + quotes;
}

function invalid(problems: readonly string[]): StageError {
  return new StageError('METADATA_INVALID', problems.join(' '), {
    remedy: 'fix',
    action: 'Correct it with `npx badminton correct`.',
  });
}
