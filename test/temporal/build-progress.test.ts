import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBuildProgress } from '../../src/temporal/server/build-progress.ts';

// What Go 1.21 writes to standard error while building the Temporal server, abridged.
const downloading = `go: downloading go1.25.0 (linux/amd64)
go: downloading github.com/temporalio/cli v1.5.1
go: downloading github.com/fatih/color v1.18.0`.split('\n');
const compiling = `internal/goarch
# a remark of the C compiler
encoding/json
github.com/temporalio/cli/cmd/temporal`.split('\n');

test('a build reports its progress', () => {
  const progress = createBuildProgress();
  const after = (line: string) => {
    progress.line(line);
    return progress.describe();
  };
  assert.equal(progress.describe(), 'downloading the sources, 0 modules so far');
  assert.deepEqual(downloading.map(after), [
    'downloading go1.25.0',
    'downloading the sources, 1 modules so far',
    'downloading the sources, 2 modules so far',
  ]);
  progress.expect(3);
  assert.deepEqual(compiling.map(after), [
    'compiling package 1 of 3',
    'compiling package 1 of 3',
    'compiling package 2 of 3',
    'linking',
  ]);
});

test('large numbers are readable', () => {
  const progress = createBuildProgress();
  progress.expect(1292);
  assert.equal(progress.describe(), 'compiling package 0 of 1,292');
});
