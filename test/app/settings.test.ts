import assert from 'node:assert/strict';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { parseEnv } from 'node:util';
import { settingsPage } from '../../scripts/settings-page.ts';
import { changeSettings, SettingsRefused } from '../../src/app/change-settings.ts';
import { type Config, readConfig } from '../../src/app/config.ts';
import { followSettings, type SettingName } from '../../src/app/current-settings.ts';
import { noticeChannels } from '../../src/app/notices.ts';
import { publishOptions } from '../../src/app/publish-target/create.ts';
import { prefix, settingGroups, settings } from '../../src/app/settings/index.ts';
import { keptFile, readKept } from '../../src/app/settings/kept.ts';
import { kindOf } from '../../src/app/settings/kind.ts';
import { words } from '../../src/app/settings/words.ts';
import { settingStates } from '../../src/app/settings-layers.ts';
import { stageOptions } from '../../src/app/stage-options.ts';
import { firstStartDesk } from '../../src/app/studio/first-start-desk.ts';
import { UsageError } from '../../src/app/usage-error.ts';
import { videoSettings } from '../../src/app/worker-settings.ts';
import { StageError } from '../../src/domain/errors.ts';
import { openStore } from '../../src/workspace/store.ts';
import { temporaryFolder } from '../support/clean-up.ts';

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

describe('what may be changed, and from where', () => {
  const farthest: Readonly<Record<string, readonly string[]>> = {
    file: ['terminal'],
    'command line': ['terminal'],
    folder: ['machine', 'environment'],
    address: ['machine', 'terminal'],
  };
  for (const [name, schema] of Object.entries(settings)) {
    const allowed = farthest[kindOf(schema)];
    if (allowed)
      it(`${name}, a ${kindOf(schema)}, not from another device`, () =>
        assert.ok(allowed.includes(words.get(schema)?.changeFrom ?? '')));
  }

  it('the studio is opened to the network only at the machine', () => {
    assert.equal(words.get(settings.STUDIO_ON_NETWORK)?.changeFrom, 'machine');
  });
});

/** Another value than the default. */
const others: Readonly<Record<Exclude<SettingName, 'DATA_DIR'>, string>> = {
  ...{
    INPUT_DIR: '/films',
    COMPLETED_DIR: '/done',
    DESIGNS_DIR: '/designs',
    CLUB_NAME: 'Sun Club',
    CLUB_LOGO: '/logo.png',
  },
  ...{ HASHTAGS: 'one two', TIME_ZONE: 'Pacific/Chatham', TOP_N: '7', POSE: 'off', SELECTION_TIMEOUT: '3h' },
  ...{
    SELECTION_POLICY: 'best',
    TEMPLATE: 'duel',
    THEME: 'purple',
    THUMBNAIL_SIZE: '1920x1080',
    THUMBNAIL_MAX_MB: '3',
  },
  ...{ PUBLISH_TARGET: 'youtube', PRIVACY: 'private', PUBLISH_AT: '18:00', PLAYLIST: 'tournament', TAGS: 'a, b' },
  ...{ MADE_FOR_KIDS: 'yes', SYNTHETIC_MEDIA: 'yes', LANGUAGE: 'vi', UPLOAD_EARLY: 'on', UPLOAD_LIMIT: '20Mbit/s' },
  ...{ UPLOAD_LIMIT_HOURS: '18-23', UPLOAD_CONCURRENCY: '3', UPLOAD_CHUNK_MIB: '8', YOUTUBE_CLIENT: '/client.json' },
  ...{ YOUTUBE_CREDENTIALS: '/token.json', QUOTA_UNITS: '9', QUOTA_UPLOADS: '9', YOUTUBE_URL: 'http://127.0.0.1:1/' },
  LOCAL_YOUTUBE_URL: 'http://127.0.0.1:2/',
  ...{ LOCAL_YOUTUBE_PORT: '1', STUDIO_PORT: '1', STUDIO_ON_NETWORK: 'yes', NOTIFY_WEBHOOK: 'https://example.org/a' },
  ...{
    NOTIFY_COMMAND: 'true',
    NOTIFY_KIND: 'slack',
    TEMPORAL_PORT: '1',
    TEMPORAL_UI_PORT: '1',
    TEMPORAL_CLI: '/temporal',
    TASK_QUEUE: 'other',
    PAYLOAD_KEY_FILE: '/keys',
    PAYLOAD_CODEC: '/codec.js',
    MACHINES_KEY: 'a key of thirty-two characters or more',
    MACHINES_PORT: '1',
  },
  ...{ CPU_CONCURRENCY: '64', HEARTBEAT_TIMEOUT: '9s', STALL_TIMEOUT: '9m', RETRY_INTERVAL: '9s', RETRY_ATTEMPTS: '9' },
  ...{
    UPLOAD_RETRY_ATTEMPTS: '9',
    SHUTDOWN_GRACE: '9s',
    METRICS: '127.0.0.1:1',
    LOG_LEVEL: 'debug',
    LOG_FORMAT: 'json',
  },
};

/** What else has to be set for a value to be possible, or to make a difference. */
const companions: Readonly<Record<string, Record<string, string>>> = {
  PUBLISH_AT: { PRIVACY: 'public' },
  UPLOAD_LIMIT_HOURS: { UPLOAD_LIMIT: '20Mbit/s', TIME_ZONE: 'UTC' },
};

/** All that a program which runs asks for anew, whatever the video. */
function usedAtOnce(now: () => Config): unknown {
  const { UPLOAD_LIMIT_HOURS, UPLOAD_LIMIT, STALL_TIMEOUT, NOTIFY_COMMAND, NOTIFY_KIND } = now();
  const options = publishOptions(now);
  return {
    stages: stageOptions(now()),
    channels: noticeChannels(now()).map(({ name }) => name),
    bytes: [options.chunkBytes, options.largestThumbnailBytes],
    limit: [UPLOAD_LIMIT, UPLOAD_LIMIT_HOURS],
    ...{ STALL_TIMEOUT, NOTIFY_COMMAND, NOTIFY_KIND },
  };
}

/** A data folder with settings that a program follows. */
async function followed(t: TestContext, kept: Record<string, string> = {}, environment: Record<string, string> = {}) {
  const folder = await temporaryFolder(t);
  const places = { folder, environment, dotEnv: {} };
  const set = (changes: Record<string, string | null>) =>
    changeSettings(places, Object.fromEntries(Object.entries(changes).map(([name, value]) => [prefix + name, value])));
  if (Object.keys(kept).length > 0) await set(kept);
  return { places, set, data: path.join(folder, 'data'), settings: followSettings(places) };
}

describe('a changed setting', () => {
  for (const [name, value] of Object.entries(others) as [keyof typeof others, string][]) {
    const applies = words.get(settings[name])?.applies;
    const promise = {
      'at once': 'applies at once',
      'new videos': 'applies to new videos',
      restart: 'waits for a restart',
    };
    it(`${name} ${promise[applies ?? 'restart']}`, async (t) => {
      const { set, settings: running } = await followed(t, companions[name]);
      const start = running.now();
      const before = { used: usedAtOnce(running.now), videos: videoSettings(start) };
      await set({ [name]: value });
      const after = { used: usedAtOnce(running.now), videos: videoSettings(running.now()) };
      assert.deepEqual(running.waiting(), applies === 'restart' ? [name] : []);
      if (applies === 'restart') assert.deepEqual([running.now(), after], [start, before]);
      if (applies === 'at once') assert.notDeepEqual(after.used, before.used);
      if (applies === 'new videos') assert.notDeepEqual(after.videos, before.videos);
      await set({ [name]: null });
      assert.deepEqual(running.now(), start, 'and taken out, it is as before');
      assert.deepEqual(running.waiting(), []);
    });
  }

  it('limits uploads that are under way, and sets them free', async (t) => {
    const { set, settings: running } = await followed(t);
    const { limit } = publishOptions(running.now);
    assert.equal(limit.portionBytes(), Number.POSITIVE_INFINITY);
    await set({ UPLOAD_LIMIT: '1MB/s' });
    assert.equal(limit.portionBytes(), 100_000);
    await set({ UPLOAD_LIMIT: null });
    assert.equal(limit.portionBytes(), Number.POSITIVE_INFINITY);
  });

  it('is not read where the environment sets it, and cannot be set there', async (t) => {
    const { set, settings: running, places } = await followed(t, { TOP_N: '7' }, { BADMINTON_CLUB_NAME: 'Env' });
    await assert.rejects(set({ CLUB_NAME: 'Page' }), /BADMINTON_CLUB_NAME is set in the environment/);
    const dotEnv = { BADMINTON_TOP_N: '9', BADMINTON_CLUB_NAME: 'Dot' };
    assert.equal(followSettings({ ...places, dotEnv }).now().TOP_N, 9);
    await assert.rejects(changeSettings({ ...places, dotEnv }, { BADMINTON_TOP_N: '8' }), /is set in \.env/);
    assert.deepEqual([running.now().CLUB_NAME, running.now().TOP_N], ['Env', 7]);
    const states = settingStates({ ...places, dotEnv }, readKept(running.now().DATA_DIR));
    const sources = states
      .filter(({ source }) => source !== 'default')
      .map(({ name, value, source }) => [name, value, source]);
    assert.deepEqual(sources, [
      ['BADMINTON_CLUB_NAME', 'Env', 'environment'],
      ['BADMINTON_TOP_N', '9', '.env'],
    ]);
  });

  it('is written whole, for its owner only, and never beside another that is written at the same time', async (t) => {
    const { set, data } = await followed(t);
    await Promise.all([set({ TOP_N: '7' }), set({ CLUB_NAME: 'Sun' }), set({ THEME: 'purple' })]);
    assert.deepEqual(readKept(data), { BADMINTON_TOP_N: '7', BADMINTON_CLUB_NAME: 'Sun', BADMINTON_THEME: 'purple' });
    assert.equal((await stat(keptFile(data))).mode & 0o777, 0o600);
    const { version } = JSON.parse(await readFile(keptFile(data), 'utf8'));
    assert.equal(version, 1);
  });

  const refused: [Record<string, string | null>, RegExp][] = [
    [{ TOP_N: '0' }, /BADMINTON_TOP_N must be a whole number from 1 to 50/],
    [{ TOPN: '3' }, /BADMINTON_TOPN is not a setting; did you mean BADMINTON_TOP_N\?/],
    [{ TEMPLATE: 'nope' }, /BADMINTON_TEMPLATE cannot be used: .*"nope".*sidebar/],
    [{ THEME: '../../x' }, /BADMINTON_THEME cannot be used/],
    [{ PUBLISH_AT: '18:00' }, /BADMINTON_PUBLISH_AT needs BADMINTON_PRIVACY=public/],
    [{ CLUB_NAME: 'a\nb' }, /BADMINTON_CLUB_NAME must be one line/],
    [{ CLUB_NAME: 'x'.repeat(41) }, /BADMINTON_CLUB_NAME must have at most 40 characters/],
    [{ DATA_DIR: '/elsewhere' }, /BADMINTON_DATA_DIR cannot be in settings\.json/],
    [{ NOTIFY_WEBHOOK: 'http://127.0.0.1/s3cret' }, /BADMINTON_NOTIFY_WEBHOOK must not lead to this machine/],
    [{ NOTIFY_WEBHOOK: 'http://[fe80::1]/s3cret' }, /must not lead to this machine or its network/],
    [{ NOTIFY_WEBHOOK: 'http://nas/s3cret' }, /must not lead to this machine or its network/],
    [{ NOTIFY_WEBHOOK: 'ftp://example.org/s3cret' }, /must be an address/],
  ];
  for (const [changes, reason] of refused) {
    it(`is refused in words: ${JSON.stringify(changes).slice(0, 60)}`, async (t) => {
      const { set, data } = await followed(t, { HASHTAGS: 'kept' });
      await assert.rejects(
        set({ ...changes, CLUB_NAME: changes.CLUB_NAME ?? 'Not written either' }),
        (error: Error) => {
          assert.ok(error instanceof SettingsRefused);
          assert.match(error.message, reason);
          assert.doesNotMatch(error.message, /s3cret/);
          return true;
        },
      );
      assert.deepEqual(readKept(data), { BADMINTON_HASHTAGS: 'kept' });
    });
  }

  it('that would make another impossible is refused, until both are changed together', async (t) => {
    const { set, settings: running } = await followed(t, { PRIVACY: 'public', PUBLISH_AT: '18:00' });
    await assert.rejects(set({ PRIVACY: 'private' }), /BADMINTON_PUBLISH_AT needs/);
    await set({ PRIVACY: 'private', PUBLISH_AT: null });
    assert.equal(running.now().PRIVACY, 'private');
  });

  it('keeps relative paths with the data folder', async (t) => {
    const { set, settings: running, data } = await followed(t);
    await set({ CLUB_LOGO: 'studio/logo.png' });
    assert.equal(running.now().CLUB_LOGO, path.join(data, 'studio', 'logo.png'));
  });

  it('may lead a webhook to this machine only if the environment says so', () => {
    const local = { BADMINTON_NOTIFY_WEBHOOK: 'http://127.0.0.1:1/' };
    assert.equal(readConfig(local, '/club').webhookMayBeLocal, true);
    assert.throws(() => readConfig({}, '/club', local), /must not lead to this machine/);
    assert.equal(
      readConfig({}, '/club', { BADMINTON_NOTIFY_WEBHOOK: 'https://example.org/' }).webhookMayBeLocal,
      false,
    );
  });
});

describe('a settings.json that cannot be used', () => {
  const broken: [string, string, RegExp][] = [
    ['no JSON', '{"version": 1,', /settings\.json is damaged, and was left as it is/],
    ['another form', '{"version": 1, "settings": {}, "mine": 1}', /is damaged/],
    ['a number', '{"version": 1, "settings": {"BADMINTON_TOP_N": 7}}', /is damaged/],
    ['a wrong value', '{"settings": {"BADMINTON_TOP_N": "99"}}', /TOP_N must be .* \(it is "99" in settings\.json\)/],
    ['an unknown name', '{"settings": {"BADMINTON_TOPN": "9"}}', /TOPN is not a setting.*\(it is in settings\.json\)/],
    [
      'a name without its prefix',
      '{"settings": {"TOP_N": "9"}}',
      /TOP_N is not a setting; did you mean BADMINTON_TOP_N/,
    ],
    [
      'a secret',
      '{"settings": {"BADMINTON_NOTIFY_WEBHOOK": "s3cret"}}',
      /WEBHOOK must be an address.*in settings\.json/,
    ],
    ['a newer version', '{"version": 2, "settings": {}}', /newer version of this program/],
  ];
  for (const [what, content, reason] of broken) {
    it(`says so at the start, and loses nothing: ${what}`, async (t) => {
      const folder = await temporaryFolder(t);
      const places = { folder, environment: {}, dotEnv: {} };
      const file = keptFile(path.join(folder, 'data'));
      await mkdir(path.dirname(file));
      await writeFile(file, content);
      assert.throws(
        () => followSettings(places),
        (error: Error) => {
          assert.ok(error instanceof UsageError || error instanceof StageError);
          assert.match(error.message, reason);
          assert.doesNotMatch(error.message, /s3cret/);
          return true;
        },
      );
      await changeSettings(places, { BADMINTON_CLUB_NAME: 'Sun' }).catch(() => undefined);
      const before = JSON.parse(content.includes('mine') || content.includes('99') ? content : '{}').settings ?? {};
      const after = await readFile(file, 'utf8');
      for (const name of Object.keys(before)) assert.ok(after.includes(name));
      if (/damaged|newer/.test(String(reason))) assert.equal(after, content);
    });
  }

  it('changes nothing in a program that runs, which says so until it can be read', async (t) => {
    const { settings: running, data, set } = await followed(t, { TOP_N: '7' });
    const good = await readFile(keptFile(data), 'utf8');
    const before = running.now();
    await writeFile(keptFile(data), '{"settings": {"BADMINTON_TOP_N": "none"}}');
    assert.equal(running.now(), before);
    assert.match(running.problem() ?? '', /TOP_N must be a whole number/);
    // A mistake that was there is no reason against correcting it.
    await set({ TOP_N: '8' });
    assert.deepEqual([running.now().TOP_N, running.problem()], [8, undefined]);
    await writeFile(keptFile(data), good);
    assert.equal(running.now().TOP_N, 7);
  });
});

describe('the first start of a data folder', () => {
  const opened = async (t: TestContext) => {
    const folder = await temporaryFolder(t);
    const settings = followSettings({ folder, environment: {}, dotEnv: {} });
    const data = path.join(folder, 'data');
    const store = openStore(data);
    t.after(() => store.close());
    // As another browser finds it, and another run of the program.
    const desk = () => firstStartDesk(settings, store);
    const set = (name: string, value: string) => changeSettings(settings.places, { [name]: value });
    return { data, store, desk, set, file: path.join(data, 'first-start.json') };
  };

  it('is due until it is left or done, whatever was set in it', async (t) => {
    for (const end of ['left', 'done'] as const) {
      const { desk, set, file } = await opened(t);
      assert.equal(desk().isDue(), true);
      desk().keep('begun');
      await set('BADMINTON_CLUB_NAME', 'Sun');
      assert.equal(desk().isDue(), true);
      desk().keep(end);
      assert.equal(desk().isDue(), false);
      desk().keep('begun');
      assert.equal(desk().isDue(), false, 'a page that was open meanwhile does not make it due again');
      assert.deepEqual(JSON.parse(await readFile(file, 'utf8')), { version: 1, state: end });
    }
  });

  it('is never due where there are settings, a sign-in or videos', async (t) => {
    const [first, second, third, fourth] = [await opened(t), await opened(t), await opened(t), await opened(t)];
    await first.set('BADMINTON_TOP_N', '7');
    await writeFile(path.join(second.data, 'youtube-client.json'), '{}');
    third.desk().keep('begun');
    await mkdir(path.join(third.store.workspaceRoot, 'video-0123456789abcdef'), { recursive: true });
    fourth.store.ledger.enter({
      ...{ fingerprint: 'f'.repeat(64), target: 'local', youtubeId: 'x', title: 'A vs B' },
      ...{ watchUrl: 'http://localhost/', recording: 'ms_AvsB.mov', publishedAt: '2026-03-20T10:00:00.000Z' },
    });
    for (const { desk } of [first, second, third, fourth]) assert.equal(desk().isDue(), false);
  });

  it('is not due, and not overwritten, where what is kept of it is damaged or from a newer version', async (t) => {
    for (const content of ['{', '{"version":2,"state":"begun"}']) {
      const { desk, file } = await opened(t);
      await writeFile(file, content);
      assert.equal(desk().isDue(), false);
      if (content.includes('version')) assert.throws(() => desk().keep('left'), { code: 'NEWER_DATA' });
    }
  });
});
