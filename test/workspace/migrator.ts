import { appendFileSync } from 'node:fs';
import { openDatabase } from '../../src/workspace/database.ts';
import { type Migration, migrations } from '../../src/workspace/migrations.ts';

// Opens the database with one more migration at an agreed moment. Each run of it is noted in a file, and it may not end.
const [folder = '', at, noted = '', mode] = process.argv.slice(2);
const next: Migration = {
  what: 'Give claims a column, and forget the ledger',
  run(database) {
    database.exec('ALTER TABLE claims ADD COLUMN since REAL; UPDATE claims SET since = 1; DELETE FROM publications');
    appendFileSync(noted, `${process.pid}\n`);
    if (mode === 'hang') {
      console.log('in the middle');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    }
  },
};
while (Date.now() < Number(at));
openDatabase(folder, { migrations: [...migrations, next] }).close();
console.log('opened');
