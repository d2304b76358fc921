import assert from 'node:assert/strict';
import { open, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLog } from '../../src/app/log.ts';
import { emptyLargeOutput } from '../../src/app/service/service-log.ts';
import { temporaryFolder } from '../support/clean-up.ts';

const formats = {
  auto: /^\{"level":30,.*"videoId":"video-1",.*"msg":"started"\}\n$/,
  json: /^\{"level":30,.*"videoId":"video-1",.*"msg":"started"\}\n$/,
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours have no place in a file.
  text: /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] INFO: started\n {4}videoId: "video-1"\n(?!.*\x1b)/s,
};

for (const [format, expected] of Object.entries(formats)) {
  test(`a log file in the format ${format}`, async (t) => {
    const file = path.join(await temporaryFolder(t), 'worker.log');
    const log = await createLog({ LOG_LEVEL: 'info', LOG_FORMAT: format as keyof typeof formats }, file);
    log.child({ videoId: 'video-1' }).info('started');
    let text = '';
    for (const deadline = Date.now() + 5000; text === '' && Date.now() < deadline; await sleep(20)) {
      text = await readFile(file, 'utf8').catch(() => '');
    }
    assert.match(text, expected);
  });
}

test('what launchd collects does not grow for ever, and nothing else is emptied', async (t) => {
  const file = path.join(await temporaryFolder(t), 'output.log');
  for (const [bytes, left] of [
    [1_000_001, 0],
    [1_000_000, 1_000_000],
  ] as const) {
    await writeFile(file, 'x'.repeat(bytes));
    const output = await open(file, 'a');
    emptyLargeOutput(output.fd);
    await output.write('next');
    await output.close();
    assert.equal((await stat(file)).size, left + 4);
  }
});
