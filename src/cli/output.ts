import { stripVTControlCharacters, styleText } from 'node:util';
import stringWidth from 'string-width';

/**
 * Control characters other than line breaks and tabs, and characters that change the text direction. Keeps our own
 * styles.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: our styles start with one.
const controls = /(\u001b\[\d+m)|(?![\n\t])[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** Text from other programs must not move the cursor or ring the bell. */
const withoutControls = (text: string) => text.replace(controls, (_, style?: string) => style ?? ' ');

/** Text from outside as one line, without styles and control characters. */
export const onOneLine = (text: string) =>
  withoutControls(stripVTControlCharacters(text)).replaceAll('\u001b', ' ').replace(/\s+/g, ' ').trim();

let write = (text: string): void => void process.stderr.write(text);

/** Progress and news go to standard error; standard output holds only what was asked for. */
export function say(message: string): void {
  write(`${withoutControls(message)}\n`);
}

/** From now on, progress and news go here instead. */
export function sayTo(sink: (text: string) => void): void {
  write = sink;
}

/** Prints the result of a command: one JSON document, or text for people. */
export function print(json: boolean | undefined, data: unknown, text: () => string): void {
  process.stdout.write(`${json ? JSON.stringify(data, undefined, 2) : withoutControls(text())}\n`);
}

/** Rows in aligned columns, by the width that a terminal shows; there, the header is dimmed. */
export function table(header: readonly string[], texts: readonly (readonly string[])[]): string {
  const rows = texts.map((row) => row.map(onOneLine));
  const widths = header.map((title, column) =>
    Math.max(stringWidth(title), ...rows.map((row) => stringWidth(row[column] ?? ''))),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((text, column) => text + ' '.repeat(Math.max(0, (widths[column] ?? 0) - stringWidth(text))))
      .join('  ')
      .trimEnd();
  return [dim(line(header)), ...rows.map(line)].join('\n');
}

export const dim = (text: string) => styleText('dim', text, { stream: process.stdout });
export const bold = (text: string) => styleText('bold', text, { stream: process.stdout });

/** How long ago something was: `3 min`, `2 h 5 min`. */
export function ago(iso: string, now = Date.now()): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(iso)) / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
}
