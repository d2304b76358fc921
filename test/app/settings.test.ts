import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { parseEnv } from 'node:util';
import { settingsPage } from '../../scripts/settings-page.ts';
import { readConfig } from '../../src/app/config.ts';
import { prefix, settingGroups, settings } from '../../src/app/settings/index.ts';
import { words } from '../../src/app/settings/words.ts';
import { UsageError } from '../../src/app/usage-error.ts';

const read = (file: string) => readFile(new URL(`../../${file}`, import.meta.url), 'utf8');

describe('the settings', () => {
  it('are what docs/settings.md says', async () => {
    assert.equal(await read('docs/settings.md'), settingsPage(), 'Write it anew: node scripts/generate-settings.ts');
  });

  it('are each in exactly one group', () => {
    const grouped = settingGroups.flatMap((group) => Object.keys(group.settings));
    assert.deepEqual(grouped.sort(), Object.keys(settings).sort());
  });

  for (const [name, schema] of Object.entries(settings)) {
    const { example } = words.get(schema) ?? {};
    if (example !== undefined) {
      it(`accept the example of ${name}`, () => assert.ok(schema.safeParse(example).success, example));
    }
  }

  it('accept every line of .env.example, commented out or not', async () => {
    const lines = (await read('.env.example')).replaceAll(/^#(?=[A-Z_]+=)/gm, '');
    const given = parseEnv(lines);
    assert.ok(Object.keys(given).filter((name) => name.startsWith(prefix)).length > 20);
    readConfig({ ...given, [`${prefix}PRIVACY`]: 'public' }, '/club');
  });

  it('never show a secret, not even one that is wrong', () => {
    const environment = { [`${prefix}NOTIFY_WEBHOOK`]: 'hook.example.org/s3cret', [`${prefix}TOP_N`]: 'shown' };
    assert.throws(
      () => readConfig(environment, '/club'),
      (error: UsageError) => {
        assert.ok(error instanceof UsageError);
        assert.match(error.message, /NOTIFY_WEBHOOK must be an address/);
        assert.match(error.message, /shown/);
        assert.doesNotMatch(error.message, /s3cret/);
        assert.match(error.message, /docs\/settings\.md$/);
        return true;
      },
    );
  });
});
