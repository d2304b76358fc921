import type { Notice } from './notice.ts';

/** A JPEG. */
export interface Picture {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What is delivered at once: one notice, or a burst of them. */
export interface Message {
  readonly notices: readonly [Notice, ...Notice[]];
  /** Opens the video, or the board for several. */
  readonly link: string;
  /** The best frame of the only video that waits. */
  readonly picture?: Picture | undefined;
}

/** @param studioUrl where the studio answers */
export function messageOf(notices: readonly [Notice, ...Notice[]], studioUrl: string, picture?: Picture): Message {
  const link = notices.length === 1 ? notices[0].link : new URL('/board', studioUrl).href;
  return { notices, link, picture };
}

/** A short name of the message, without a link. */
export const titleOf = ({ notices }: Message): string =>
  notices.length === 1 ? notices[0].title : `${notices.length} matches need you`;

/**
 * The message as plain text with its links.
 * @param most characters (UTF-16 code units); what does not fit is counted, and the link is kept
 */
export function textOf(message: Message, most: number): string {
  const { notices, link } = message;
  const [first] = notices;
  if (notices.length > 1) return listOf(`${titleOf(message)}: ${link}`, notices.map(lineOf), most);
  return first.text.length <= most ? first.text : `${cut(first.summary, most - link.length - 1)} ${link}`;
}

const lineOf = ({ summary }: Notice) => `• ${summary}`;

/** A heading and as many lines as fit; the rest is counted. */
export function listOf(heading: string, lines: readonly string[], most: number): string {
  const rest = (count: number) => (count === 0 ? '' : `\n… and ${count} more`);
  let text = heading;
  for (const [index, line] of lines.entries()) {
    const longer = `${text}\n${line}`;
    const left = lines.length - index - 1;
    if (longer.length + rest(left).length > most) return text + rest(left + 1);
    text = longer;
  }
  return text;
}

/** A text of at most `most` characters, cut between characters that people see as one. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (kept.length + segment.length > most - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}
