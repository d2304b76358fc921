import assert from 'node:assert/strict';
import test from 'node:test';
import { failureOf } from '../../src/cli/failure.ts';
import { explainSystemError } from '../../src/domain/system-error.ts';

/** As node:sqlite throws them; see "Result and Error Codes" of SQLite. */
const ofSqlite = (errcode: number, message: string) =>
  Object.assign(new Error(message), { code: 'ERR_SQLITE_ERROR', errcode });

test('a disk that answers with errors is told as that, and one without room as that', () => {
  const cases: [Error, string | undefined, string | undefined][] = [
    [ofSqlite(778, 'disk I/O error'), 'FOLDER_UNUSABLE', 'retry'],
    [ofSqlite(266, 'disk I/O error'), 'FOLDER_UNUSABLE', 'retry'],
    [Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' }), 'FOLDER_UNUSABLE', 'retry'],
    [ofSqlite(4874, 'disk I/O error'), 'NO_SPACE', 'fix'],
    [ofSqlite(13, 'database or disk is full'), 'NO_SPACE', 'fix'],
    [ofSqlite(1, 'no such table'), undefined, undefined],
  ];
  for (const [error, code, remedy] of cases) {
    const told = explainSystemError(error);
    assert.deepEqual([told?.code, told?.remedy], [code, remedy], error.message);
  }
});

test('a command says so too', () => {
  assert.match(
    failureOf(ofSqlite(778, 'disk I/O error')).message,
    /The disk could not be read or written.*\n.*check that disk/,
  );
});
