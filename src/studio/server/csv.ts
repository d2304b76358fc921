/**
 * A table as CSV (RFC 4180): CRLF after each line, fields quoted that need it. It begins with a byte order mark, without
 * which Excel takes UTF-8 for the system's own encoding; other programs skip it. A field that a spreadsheet would run as
 * a formula (OWASP, "CSV Injection") gets an apostrophe before it, which spreadsheets show as text.
 */
export function csv(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(field).join(',')}\r\n`).join('')}`;
}

/** Also in full width, which some spreadsheets fold, and behind blanks, which some leave out. */
const formula = /^[\s\0]*[=+\-@＝＋－＠]|^[\t\r\n]/;

function field(text: string): string {
  const harmless = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) || harmless !== harmless.trim() ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
