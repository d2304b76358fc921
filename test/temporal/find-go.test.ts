import assert from 'node:assert/strict';
import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { findGo } from '../../src/temporal/server/go.ts';
import { temporaryFolder } from '../support/clean-up.ts';
import { startProgram } from '../support/program.ts';

/** A folder for the search path, with a program that reports this Go version. */
async function folderWithGo(t: Parameters<typeof temporaryFolder>[0], version: string): Promise<string> {
  const folder = await temporaryFolder(t);
  const file = path.join(folder, 'go');
  await writeFile(file, `#!/bin/sh\necho "go version ${version} linux/amd64"\n`);
  await chmod(file, 0o755);
  return folder;
}

for (const [printed, expected] of [
  ['go1.26.8', { version: '1.26.8', canBuild: true, toolchain: 'auto' }],
  ['go1.25', { version: '1.25', canBuild: true, toolchain: 'auto' }],
  ['go1.25rc1', { version: '1.25rc1', canBuild: true, toolchain: 'auto' }],
  ['go1.24.4', { version: '1.24.4', canBuild: true, toolchain: 'go1.25.0+auto' }],
  ['go1.21.0', { version: '1.21.0', canBuild: true, toolchain: 'go1.25.0+auto' }],
  ['go1.20.14', { version: '1.20.14', canBuild: false, toolchain: 'go1.25.0+auto' }],
] as const) {
  test(`${printed} ${expected.canBuild ? 'can' : 'cannot'} build the server`, async (t) => {
    assert.deepEqual(await findGo(await folderWithGo(t, printed)), expected);
  });
}

test('no Go is found where there is none', async (t) => {
  assert.equal(await findGo(await temporaryFolder(t)), undefined);
});

test('doctor says so if the server is missing and Go is too old to build it', async (t) => {
  const searchPath = await folderWithGo(t, 'go1.19.8');
  const cache = await temporaryFolder(t);
  const doctor = await startProgram(['doctor', '--json'], {
    PATH: searchPath,
    XDG_CACHE_HOME: cache,
    BADMINTON_DATA_DIR: await temporaryFolder(t),
  }).ended;
  const { findings } = JSON.parse(doctor.stdout);
  const finding = findings.find(({ name }: { name: string }) => name === 'Temporal server');
  assert.equal(finding.state, 'note');
  assert.match(finding.detail, /Go 1\.19\.8 is too old/);
  assert.match(finding.action, /Go 1\.21 or later/);
});
