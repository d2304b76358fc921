import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export type Row = Record<string, string | number | null>;

/** Every row of every table in a data folder's database, and its version, bypassing the program. */
export function allRows(dataFolder: string): { readonly version: number; readonly tables: Record<string, Row[]> } {
  const database = new DatabaseSync(path.join(dataFolder, 'badminton.db'));
  try {
    const all = (sql: string) =>
      database
        .prepare(sql)
        .all()
        .map((row) => ({ ...row })) as Row[];
    const names = all("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").map(({ name }) =>
      String(name),
    );
    return {
      version: Number(all('PRAGMA user_version')[0]?.user_version),
      tables: Object.fromEntries(names.map((name) => [name, all(`SELECT * FROM ${name}`)])),
    };
  } finally {
    database.close();
  }
}
