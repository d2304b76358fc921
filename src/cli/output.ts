import { stripVTControlCharacters, styleText } from 'node:util';
import stringWidth from 'string-width';

/** Controls but line breaks and tabs, and what changes the direction of writing. Our own styles are left. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: our styles begin with one.
const controls = /(\u001b\[\d+m)|(?![\n\t])[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** What other programs wrote must not move the cursor or ring the bell. */
const withoutControls = (text: string) => text.replace(controls, (_, style?: string) => style ?? ' ');

/** A text from outside as one line, without styles and controls. */
export const onOneLine = (text: string) =>
  withoutControls(stripVTControlCharacters(text)).replaceAll('\u001b', ' ').replace(/\s+/g, ' ').trim();

/** Progress and news go to standard error; standard output holds nothing but what was asked for. */
export function say(message: string): void {
  process.stderr.write(`${withoutControls(message)}\n`);
}

/** Prints the result of a command: one JSON document, or text for people. */
export function print(json: boolean | undefined, data: unknown, text: () => string): void {
  process.stdout.write(`${json ? JSON.stringify(data, undefined, 2) : withoutControls(text())}\n`);
}

/** Rows as columns, aligned as a terminal shows them, the header dimmed there. */
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

/** `3 min`, `2 h 5 min`: how long ago something was. */
export function ago(iso: string, now = Date.now()): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(iso)) / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
}
