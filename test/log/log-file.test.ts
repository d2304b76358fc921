import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import { readdir, readFile, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { followLog } from '../../src/log/follow-log.ts';
import { lastLines } from '../../src/log/last-lines.ts';
import { openLogFile } from '../../src/log/log-file.ts';
import { atEnd, temporaryFolder } from '../support/clean-up.ts';

const line = (number: number) => `${JSON.stringify({ number, filler: 'x'.repeat(80) })}\n`;
const linesOf = async (file: string) =>
  (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text));

test('a log keeps its name, is rotated when it grows large, and the oldest lines go', async (t) => {
  const folder = path.join(await temporaryFolder(t), 'logs');
  const file = path.join(folder, 'worker.log');
  const log = openLogFile(file, { mostBytes: 2000, keep: 2, onTrouble: assert.ifError });
  const last = 199;
  for (let number = 0; number <= last; number += 1) log.write(line(number));
  await log.close();

  assert.deepEqual((await readdir(folder)).sort(), ['worker.log', 'worker.log.1', 'worker.log.2']);
  for (const name of await readdir(folder))
    assert.ok((await stat(path.join(folder, name))).size <= 2000 + line(0).length);
  const kept = [...(await linesOf(`${file}.2`)), ...(await linesOf(`${file}.1`)), ...(await linesOf(file))];
  const first = last - kept.length + 1;
  assert.deepEqual(
    kept.map(({ number }) => number),
    Array.from(kept, (_, index) => first + index),
    'no line is lost between the files',
  );
});

test('a log continues after a restart where it stopped', async (t) => {
  const file = path.join(await temporaryFolder(t), 'worker.log');
  for (const number of [1, 2]) {
    const log = openLogFile(file, { mostBytes: 10_000, keep: 1, onTrouble: assert.ifError });
    log.write(line(number));
    await log.close();
  }
  assert.deepEqual(
    (await linesOf(file)).map(({ number }) => number),
    [1, 2],
  );
});

test('a log that is a week old is rotated when the program starts, and one of today is not', async (t) => {
  const file = path.join(await temporaryFolder(t), 'worker.log');
  const start = async (number: number) => {
    const log = openLogFile(file, { mostBytes: 10_000, mostDays: 7, keep: 2, onTrouble: assert.ifError });
    log.write(line(number));
    await log.close();
  };
  const age = (name: string, days: number) => utimes(name, new Date(), new Date(Date.now() - days * 86_400_000));
  const rotated = async () =>
    Promise.all(
      ['', '.1', '.2', '.3'].map(async (end) =>
        (await linesOf(`${file}${end}`).catch(() => [])).map(({ number }) => number).join(),
      ),
    );
  await start(1);
  await age(file, 6);
  await start(2);
  assert.deepEqual(await rotated(), ['1,2', '', '', '']);
  for (const number of [3, 4, 5]) {
    await age(file, 8);
    await start(number);
  }
  assert.deepEqual(await rotated(), ['5', '4', '3', ''], 'only as many older ones are kept');
});

test('the last lines of a log are read, and what follows, also when it is rotated', async (t) => {
  const file = path.join(await temporaryFolder(t), 'service.log');
  assert.deepEqual(await lastLines(file, 3), { text: '' });
  const ending = new AbortController();
  atEnd(t, () => ending.abort());
  writeFileSync(file, 'one\ntwo\nthree\n');
  const { text, end } = await lastLines(file, 2);
  assert.equal(text, 'two\nthree\n');
  assert.equal((await lastLines(file, 0)).text, '');

  const following = followLog(file, end, ending.signal);
  const next = async (length: number) => {
    let seen = '';
    while (seen.length < length) seen += (await following.next()).value;
    return seen;
  };
  appendFileSync(file, 'four\n');
  assert.equal(await next(5), 'four\n');
  appendFileSync(file, 'five\n');
  renameSync(file, `${file}.1`);
  appendFileSync(`${file}.1`, 'six\n');
  writeFileSync(file, 'seven\n');
  assert.equal(await next(15), 'five\nsix\nseven\n');
  const waiting = following.next();
  ending.abort();
  assert.equal((await waiting).done, true);
});

test('a full disk costs lines, is reported once, and the log is written again when there is room', async (t) => {
  const folder = await temporaryFolder(t);
  if (spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', folder]).status !== 0) {
    return t.skip('a small disk needs the right to mount');
  }
  const script = fileURLToPath(new URL('./log-to-full-disk.ts', import.meta.url));
  const inside = `mount -t tmpfs -o size=64k tmpfs ${folder} && ${process.execPath} ${script} ${folder}`;
  const { stdout, stderr, status } = spawnSync('unshare', ['-m', 'sh', '-c', inside], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  assert.match(stderr, /^The log \S+worker\.log cannot be written: ENOSPC[^\n]*\n$/);
  assert.deepEqual(JSON.parse(stdout), { beforeIsThere: true, duringIsThere: false, afterIsThere: true });
});
