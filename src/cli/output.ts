import { styleText } from 'node:util';
import stringWidth from 'string-width';

/** Progress and news go to standard error; standard output holds nothing but what was asked for. */
export function say(message: string): void {
  process.stderr.write(`${message}\n`);
}

/** Prints the result of a command: one JSON document, or text for people. */
export function print(json: boolean | undefined, data: unknown, text: () => string): void {
  process.stdout.write(`${json ? JSON.stringify(data, undefined, 2) : text()}\n`);
}

/** Rows as columns, aligned as a terminal shows them, the header dimmed there. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
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
