import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { boundServerLog, openServerLog } from '../../src/temporal/server/server-log.ts';
import { temporaryFolder } from '../support/clean-up.ts';

const mostBytes = 2000;

/**
 * A process that copies its input to the log, writing as the server does: through its own descriptor, which we opened.
 */
function startWriter(file: string) {
  const log = openServerLog(file);
  const writer = spawn('cat', { stdio: ['pipe', log, log] });
  closeSync(log);
  assert.ok(writer.stdin);
  return { input: writer.stdin, ended: once(writer, 'close'), kill: () => writer.kill() };
}

async function written(file: string, text: string): Promise<void> {
  for (const deadline = Date.now() + 10_000; !(await readFile(file, 'utf8')).includes(text); ) {
    assert.ok(Date.now() < deadline, `${text} was not written`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test('the log of a running server is emptied when it is large, and continues from the start of the file', async (t) => {
  const file = path.join(await temporaryFolder(t), 'temporal', 'server.log');
  const writer = startWriter(file);
  t.after(writer.kill);

  writer.input.write(`${'a'.repeat(1000)} first\n`);
  await written(file, 'first');
  boundServerLog(file, mostBytes);
  assert.equal((await readdir(path.dirname(file))).length, 1, 'a small log is left alone');

  writer.input.write(`${'b'.repeat(2000)} second\n`);
  await written(file, 'second');
  boundServerLog(file, mostBytes);
  assert.equal((await stat(file)).size, 0);
  assert.match(await readFile(`${file}.1`, 'utf8'), /first\nb+ second\n$/);

  writer.input.end('third\n');
  await writer.ended;
  assert.equal(await readFile(file, 'utf8'), 'third\n', 'without a hole before it');
});

test("the previous server's log is kept", async (t) => {
  const file = path.join(await temporaryFolder(t), 'temporal', 'server.log');
  for (const words of ['one', 'two', 'three']) {
    const writer = startWriter(file);
    writer.input.end(words);
    await writer.ended;
  }
  assert.equal(await readFile(file, 'utf8'), 'three');
  assert.equal(await readFile(`${file}.1`, 'utf8'), 'two');
});
