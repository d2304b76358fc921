import assert from 'node:assert/strict';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { findExisting, findServerBinary } from '../../src/temporal/server/binary.ts';
import { temporaryFolder } from '../support/clean-up.ts';
import { runProgram } from '../support/program.ts';

/** A command that says what a Temporal CLI says of itself. */
async function cli(folder: string, says: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, 'temporal');
  await writeFile(file, `#!/bin/sh\necho "${says}"\n`);
  await chmod(file, 0o755);
  return file;
}

describe('the Temporal server on this machine', () => {
  for (const [says, isUsed] of [
    ['temporal version 0.0.0-DEV (Server 1.29.1, UI 2.42.1)', true],
    ['temporal version 1.6.0 (Server 1.30.0-rc.2, UI 2.45.0)', true],
    ['temporal version 2.0.0 (Server 2.0.0, UI 3.0.0)', true],
    ['temporal version 1.4.1 (Server 1.28.9, UI 2.39.0)', false],
    ['temporal version 9.9.9 (Server 1.3.0, UI 2.99.0)', false],
    ['temporal version 0.10.7 (server 1.22.0) (ui 2.20.0)', false],
    ['temporal version 1.5.1', false],
    ['something else', false],
  ] as const) {
    it(`${isUsed ? 'is used' : 'is not used'} if it says "${says}"`, async (t) => {
      const folder = await temporaryFolder(t);
      const file = await cli(folder, says);
      assert.equal(await findExisting(folder, path.join(folder, 'cache')), isUsed ? file : undefined);
    });
  }

  it('is the next one that is new enough, and people are told why not the first', async (t) => {
    const folder = await temporaryFolder(t);
    const old = await cli(path.join(folder, 'old'), 'temporal version 1.3.0 (Server 1.27.1, UI 2.36.0)');
    const cached = await cli(
      path.join(folder, 'cache', 'bin'),
      'temporal version 0.0.0-DEV (Server 1.29.1, UI 2.42.1)',
    );
    const said: string[] = [];
    const options = { searchPath: path.dirname(old), cacheFolder: path.join(folder, 'cache') };
    assert.equal(await findServerBinary({ ...options, say: (message) => said.push(message) }), cached);
    assert.deepEqual(said, [`Not used: ${old} holds the Temporal server 1.27.1; 1.29 or later is needed.`]);
  });

  it('is refused if the setting names one that is too old, also by doctor', async (t) => {
    const folder = await temporaryFolder(t);
    const old = await cli(folder, 'temporal version 1.3.0 (Server 1.27.1, UI 2.36.0)');
    await assert.rejects(
      findServerBinary({ configured: old, searchPath: '', cacheFolder: folder, say: () => {} }),
      /^Error: BADMINTON_TEMPORAL_CLI is .*, which holds the Temporal server 1\.27\.1; 1\.29 or later is needed\. Set it/,
    );
    const { code, stdout } = await runProgram(['doctor'], {
      BADMINTON_DATA_DIR: path.join(folder, 'data'),
      BADMINTON_TEMPORAL_CLI: old,
    });
    assert.equal(code, 1);
    assert.match(stdout, /^WRONG +Temporal server +.*temporal holds the Temporal server 1\.27\.1;/m);
  });
});
