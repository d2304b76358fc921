import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Config, type Environment, readConfig } from '../../src/app/config.ts';
import { readEnvironment } from '../../src/app/environment.ts';
import { UsageError } from '../../src/app/usage-error.ts';
import { temporaryFolder } from '../support/clean-up.ts';

const read = (environment: Environment) => readConfig(environment, '/club');

function refusal(environment: Environment): string {
  try {
    read(environment);
  } catch (error) {
    assert.ok(error instanceof UsageError, `a UsageError, not ${error}`);
    return error.message;
  }
  return assert.fail('it was taken');
}

describe('readConfig', () => {
  it('needs nothing: every setting has a default, and folders are in the data folder', () => {
    const config = read({ PATH: '/usr/bin', TEMPORAL_ADDRESS: 'localhost:7233' });
    assert.equal(config.DATA_DIR, '/club/data');
    assert.equal(config.INPUT_DIR, '/club/data/input');
    assert.equal(config.COMPLETED_DIR, '/club/data/completed');
    assert.equal(config.YOUTUBE_CREDENTIALS, '/club/data/youtube-credentials.json');
    assert.equal(config.YOUTUBE_CLIENT, '/club/data/youtube-client.json');
    assert.equal(config.PUBLISH_TARGET, 'local');
    assert.equal(config.SELECTION_POLICY, 'wait');
    assert.equal(config.SELECTION_TIMEOUT, 0);
    assert.equal(config.TASK_QUEUE, 'badminton');
    assert.equal(config.TEMPORAL_UI_PORT, 8088);
    assert.ok(config.CPU_CONCURRENCY >= 1);
    assert.equal(config.CLUB_LOGO, undefined);
    assert.equal(config.THUMBNAIL_SIZE, 'auto');
  });

  it('reads the size of a thumbnail', () => {
    const { THUMBNAIL_SIZE } = read({ BADMINTON_THUMBNAIL_SIZE: '1920x1080' });
    assert.deepEqual(THUMBNAIL_SIZE, { width: 1920, height: 1080 });
  });

  it('takes folders as given, relative ones from the current folder', () => {
    const config = read({ BADMINTON_DATA_DIR: 'kept', BADMINTON_INPUT_DIR: '/films', BADMINTON_CLUB_LOGO: 'logo.png' });
    assert.equal(config.DATA_DIR, '/club/kept');
    assert.equal(config.INPUT_DIR, '/films');
    assert.equal(config.COMPLETED_DIR, '/club/kept/completed');
    assert.equal(config.CLUB_LOGO, '/club/logo.png');
  });

  it('treats an empty setting as unset', () => {
    assert.equal(read({ BADMINTON_TOP_N: '', BADMINTON_CLUB_LOGO: '' }).TOP_N, 5);
  });

  const durations: [string, number][] = [
    ['500ms', 0.5],
    ['30s', 30],
    ['1.5m', 90],
    ['12h', 43_200],
    ['3d', 259_200],
    [' 10s ', 10],
    ['0s', 0],
    ['365d', 31_536_000],
  ];
  for (const [text, seconds] of durations) {
    it(`reads the duration "${text}" as ${seconds} s`, () => {
      assert.equal(read({ BADMINTON_SELECTION_TIMEOUT: text }).SELECTION_TIMEOUT, seconds);
    });
  }

  const speeds: [string, number][] = [
    ['20Mbit/s', 2_500_000],
    ['500kB/s', 500_000],
    ['1.5 MB/s', 1_500_000],
    ['8000bit/s', 1000],
    ['1Gbit/s', 125_000_000],
  ];
  for (const [text, bytesPerSecond] of speeds) {
    it(`reads the speed "${text}" as ${bytesPerSecond} bytes per second`, () => {
      assert.equal(read({ BADMINTON_UPLOAD_LIMIT: text }).UPLOAD_LIMIT, bytesPerSecond);
    });
  }

  it('reads hours of the day, across midnight too', () => {
    assert.deepEqual(read({ BADMINTON_UPLOAD_LIMIT_HOURS: '18-24' }).UPLOAD_LIMIT_HOURS, { from: 18, to: 24 });
    assert.deepEqual(read({ BADMINTON_UPLOAD_LIMIT_HOURS: '22-6' }).UPLOAD_LIMIT_HOURS, { from: 22, to: 6 });
  });

  const wrong: [string, string, RegExp][] = [
    ['UPLOAD_LIMIT', '20', /a speed such as 20Mbit\/s/],
    ['UPLOAD_LIMIT', '20mbit/s', /a speed such as 20Mbit\/s/],
    ['UPLOAD_LIMIT', '0MB/s', /at least 1kB\/s/],
    ['UPLOAD_LIMIT_HOURS', '18', /hours of the day such as 18-23/],
    ['UPLOAD_LIMIT_HOURS', '18-18', /hours of the day such as 18-23/],
    ['UPLOAD_LIMIT_HOURS', '24-6', /hours of the day such as 18-23/],
    ['UPLOAD_LIMIT_HOURS', '18-25', /hours of the day such as 18-23/],
    ['UPLOAD_CHUNK_MIB', '1025', /a whole number from 1 to 1024/],
    ['TOP_N', '0', /a whole number from 1 to 50/],
    ['TOP_N', '51', /a whole number from 1 to 50/],
    ['TOP_N', '2.5', /a whole number from 1 to 50/],
    ['TOP_N', 'five', /a whole number from 1 to 50/],
    ['TEMPORAL_PORT', '65536', /a whole number from 0 to 65535/],
    ['SELECTION_TIMEOUT', '30', /a duration such as 30s/],
    ['SELECTION_TIMEOUT', '-3s', /a duration such as 30s/],
    ['SELECTION_TIMEOUT', `${'9'.repeat(400)}d`, /at most 365d/],
    ['HEARTBEAT_TIMEOUT', '0s', /longer than 0s/],
    ['SELECTION_POLICY', 'Best', /one of wait, best, cancel/],
    ['PRIVACY', 'secret', /one of public, unlisted, private/],
    ['TIME_ZONE', 'Saigon', /a time zone such as Asia\/Ho_Chi_Minh/],
    ['YOUTUBE_URL', 'localhost', /an address such as http/],
    ['YOUTUBE_URL', 'mailto:club@example.org', /an address such as http/],
    ['CLUB_NAME', 'x'.repeat(41), /./],
    ['THUMBNAIL_SIZE', '1920', /auto, or a size such as 1920x1080/],
    ['THUMBNAIL_SIZE', '720x1280', /times as wide as high/],
    ['THUMBNAIL_SIZE', '7680x4320', /to 3840x2160/],
    ['THUMBNAIL_MAX_MB', '51', /a whole number from 1 to 50/],
  ];
  for (const [name, value, reason] of wrong) {
    it(`refuses ${name}=${value.slice(0, 24)} and says why`, () => {
      const message = refusal({ [`BADMINTON_${name}`]: value });
      const line = message.split('\n').find((each) => each.includes(`BADMINTON_${name}`)) ?? '';
      assert.match(line, reason);
      assert.ok(line.includes(`"${value}"`), 'it shows what is there');
    });
  }

  const mistyped: [string, string][] = [
    ['TOPN', 'TOP_N'],
    ['PRIVCY', 'PRIVACY'],
    ['CPU_CONCURENCY', 'CPU_CONCURRENCY'],
    ['UPLOAD_CHUNK', 'UPLOAD_CHUNK_MIB'],
  ];
  for (const [typed, meant] of mistyped) {
    it(`does not know BADMINTON_${typed} and asks whether ${meant} was meant`, () => {
      const message = refusal({ [`BADMINTON_${typed}`]: '1' });
      assert.match(message, new RegExp(`BADMINTON_${typed} is not a setting; did you mean BADMINTON_${meant}\\?`));
    });
  }

  it('guesses nothing when nothing is close, and knows no setting from JavaScript itself', () => {
    assert.match(refusal({ BADMINTON_XQZ: '1' }), /BADMINTON_XQZ is not a setting$/m);
    assert.match(refusal({ BADMINTON_constructor: '1' }), /BADMINTON_constructor is not a setting/);
  });

  it('says of a setting that is gone to remove it, instead of guessing another', () => {
    const message = refusal({ BADMINTON_HOST_TIMEOUT: '5m' });
    assert.match(message, /BADMINTON_HOST_TIMEOUT is no longer a setting: .*Remove it$/m);
    assert.doesNotMatch(message, /did you mean/);
  });

  it('reports all mistakes together', () => {
    const message = refusal({
      BADMINTON_TOP_N: 'x',
      BADMINTON_NOPE: '1',
      BADMINTON_PRIVACY: 'x',
      BADMINTON_PORTS: '1',
    });
    for (const name of ['TOP_N', 'NOPE', 'PRIVACY', 'PORTS']) assert.match(message, new RegExp(`BADMINTON_${name} `));
  });

  it('turns any environment into a configuration or a UsageError', () => {
    const names = Object.keys(read({}) satisfies Config);
    const name = fc.oneof(
      fc.constantFrom(...names, 'CLUB_LOGO', 'YOUTUBE_URL', '', '__proto__', 'toString'),
      fc.string(),
    );
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom('1', '0', '1e3', '10s', '1ms', 'http://x/', 'local', 'Asia/Ho_Chi_Minh', '+07:00', ' ', '\u0000'),
    );
    const environment = fc.array(fc.tuple(name, value), { maxLength: 6 });
    let taken = 0;
    fc.assert(
      fc.property(environment, (entries) => {
        try {
          read(Object.fromEntries(entries.map(([key, text]) => [`BADMINTON_${key}`, text])));
          taken += 1;
        } catch (error) {
          assert.ok(error instanceof UsageError, String(error));
          assert.match(error.message, /BADMINTON_/);
        }
      }),
      { numRuns: 500 },
    );
    assert.ok(taken > 5, 'some of them are right');
  });
});

describe('readEnvironment', () => {
  it('reads a .env file, which the real environment overrides', async (t) => {
    const folder = await temporaryFolder(t);
    const lines = ['# comment', 'BADMINTON_TOP_N=7', 'BADMINTON_CLUB_NAME="Sân A"', 'BADMINTON_TEST_ONLY=file'];
    await writeFile(path.join(folder, '.env'), lines.join('\n'));
    process.env.BADMINTON_TEST_ONLY = 'environment';
    t.after(() => delete process.env.BADMINTON_TEST_ONLY);
    const { BADMINTON_TEST_ONLY, ...environment } = readEnvironment(folder);
    assert.equal(BADMINTON_TEST_ONLY, 'environment');
    const config = readConfig({ ...environment, BADMINTON_PRIVACY: 'public' }, folder);
    assert.deepEqual([config.TOP_N, config.CLUB_NAME, config.PRIVACY], [7, 'Sân A', 'public']);
  });

  it('copes with a missing .env file, and with a folder of that name', async (t) => {
    const folder = await temporaryFolder(t);
    assert.equal(readEnvironment(folder).PATH, process.env.PATH);
    await mkdir(path.join(folder, '.env'));
    assert.equal(readEnvironment(folder).PATH, process.env.PATH);
  });
});
