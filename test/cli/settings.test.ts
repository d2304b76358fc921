import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../support/clean-up.ts';
import { startProgram } from '../support/program.ts';

const secret = 'https://example.org/s3cret';

test('settings: set, shown with where they come from, refused in words, taken out', async (t) => {
  const folder = await temporaryFolder(t);
  const file = path.join(folder, 'settings.json');
  const run = (...args: string[]) =>
    startProgram(['settings', ...args], { BADMINTON_DATA_DIR: folder, BADMINTON_CLUB_NAME: 'Env Club' }).ended;
  const set = await run('set', 'BADMINTON_TOP_N', '7');
  assert.deepEqual([set.code, set.stderr], [0, '']);
  assert.match(
    set.stdout,
    /^BADMINTON_TOP_N: 7 \(settings\.json\)\. A change applies to videos that start after it\.$/m,
  );
  const hidden = await run('set', 'BADMINTON_NOTIFY_WEBHOOK', secret, '--json');
  assert.deepEqual(JSON.parse(hidden.stdout).value, null);
  const content = readFileSync(file, 'utf8');

  const [wrong, unknown, fixed, nothing, gone, none] = await Promise.all([
    run('set', 'BADMINTON_TOP_N', '99'),
    run('set', 'BADMINTON_PRIVCY', 'public'),
    run('set', 'BADMINTON_CLUB_NAME', 'Other'),
    run('set', 'BADMINTON_TOP_N', ''),
    run('unset', 'BADMINTON_PRIVCY'),
    run('set', 'BADMINTON_TOP_N'),
  ]);
  assert.match(wrong.stderr, /BADMINTON_TOP_N must be a whole number from 1 to 50/);
  assert.match(unknown.stderr, /BADMINTON_PRIVCY is not a setting; did you mean BADMINTON_PRIVACY\?/);
  assert.match(fixed.stderr, /BADMINTON_CLUB_NAME is set in the environment, which takes precedence/);
  assert.match(nothing.stderr, /To take BADMINTON_TOP_N out: /);
  assert.match(gone.stderr, /BADMINTON_PRIVCY is not a setting/);
  for (const { code, stdout } of [wrong, unknown, fixed, nothing, gone, none])
    assert.deepEqual([code, stdout], [2, '']);
  assert.equal(readFileSync(file, 'utf8'), content, 'a refusal writes nothing');

  const [real, listedNone] = await Promise.all([
    run('set', 'BADMINTON_PUBLISH_TARGET', 'youtube', '--yes'),
    startProgram(['publish-rehearsed', '--json'], { BADMINTON_DATA_DIR: folder }).ended,
  ]);
  assert.match(real.stderr, /only once somebody is signed in\.\s.*There is no sign-in to YouTube/s);
  assert.deepEqual([real.code, real.stdout, readFileSync(file, 'utf8')], [1, '', content]);
  assert.deepEqual(JSON.parse(listedNone.stdout), { videos: [] });

  const [shown, listed] = await Promise.all([run(), run('--json')]);
  assert.match(shown.stdout, /^BADMINTON_TOP_N +7 +settings\.json +new videos$/m);
  assert.match(shown.stdout, /^BADMINTON_CLUB_NAME +Env Club +environment +at once$/m);
  assert.match(shown.stdout, /^BADMINTON_NOTIFY_WEBHOOK +\(not shown\) +settings\.json +at once$/m);
  assert.match(shown.stdout, /^BADMINTON_UPLOAD_LIMIT +\(no limit\) +default +at once$/m);
  const { settings } = JSON.parse(listed.stdout) as { settings: { name: string; value: string; source: string }[] };
  assert.deepEqual(
    settings.filter(({ source }) => source === 'settings.json').map(({ name, value }) => [name, value]),
    [
      ['BADMINTON_TOP_N', '7'],
      ['BADMINTON_NOTIFY_WEBHOOK', null],
    ],
  );
  for (const { stdout, stderr } of [hidden, shown, listed]) assert.doesNotMatch(stdout + stderr, /s3cret/);

  const unset = await run('unset', 'BADMINTON_TOP_N');
  assert.deepEqual([unset.code, unset.stderr], [0, '']);
  assert.match(unset.stdout, /^BADMINTON_TOP_N: 5 \(default\)/);
  assert.doesNotMatch(readFileSync(file, 'utf8'), /TOP_N/);
});
