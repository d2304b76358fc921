import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLog } from '../../src/app/log.ts';
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
