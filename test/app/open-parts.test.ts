import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import pino from 'pino';
import { readConfig } from '../../src/app/config.ts';
import { openParts } from '../../src/app/open-parts.ts';
import { usablePort } from '../../src/temporal/server/embedded.ts';
import { temporaryFolder } from '../support/clean-up.ts';

const silent = pino({ level: 'silent' });

test('parts that cannot be opened leave nothing open', async (t) => {
  const folder = await temporaryFolder(t);
  const port = await usablePort(0, '', 'the test');
  const config = readConfig({ BADMINTON_LOCAL_YOUTUBE_PORT: String(port) }, folder);
  mkdirSync(path.join(config.DATA_DIR, 'badminton.db'), { recursive: true });

  await assert.rejects(openParts(() => config, silent));

  assert.equal(await usablePort(port, 'BADMINTON_LOCAL_YOUTUBE_PORT', 'the local YouTube'), port);
});
