import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

interface Entry {
  readonly resolved?: string;
  readonly os?: string | readonly string[];
  readonly cpu?: string | readonly string[];
}

const lock = new URL('../package-lock.json', import.meta.url);
const { packages }: { packages: Record<string, Entry> } = JSON.parse(readFileSync(lock, 'utf8'));
const installed = Object.entries(packages).filter(([path]) => path.includes('node_modules/'));

test('the lock file has no addresses, so that it is right for every registry', () => {
  assert.deepEqual(
    installed.filter(([, { resolved }]) => resolved?.includes('://')).map(([path]) => path),
    [],
  );
});

for (const os of ['linux', 'darwin']) {
  for (const cpu of ['x64', 'arm64']) {
    test(`fewer than 450 packages are installed on ${os}, ${cpu}`, () => {
      const fits = (value: string, wanted: Entry['os']) => !wanted || [wanted].flat().includes(value);
      const here = installed.filter(([, entry]) => fits(os, entry.os) && fits(cpu, entry.cpu));
      assert.ok(here.length > 300, `only ${here.length} were counted`);
      assert.ok(here.length < 450, `${here.length} are too many: see "Dependencies" in CONTRIBUTING.md`);
    });
  }
}
