import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { before, suite, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { prefix, settings } from '../../src/app/settings/index.ts';
import { childEnvironment } from '../../src/child/child-environment.ts';
import { extractFrames } from '../../src/media/index.ts';
import { command } from '../../src/notify/channels.ts';
import { messageOf } from '../../src/notify/message.ts';
import type { Notice } from '../../src/notify/notice.ts';
import { commandRunner } from '../../src/service/run-command.ts';
import { renderThumbnailInProcess } from '../../src/thumbnail/render-process.ts';
import { temporaryFolder } from '../support/clean-up.ts';
import { smallMatch } from '../support/small-match.ts';
import { hall, requestFor } from '../thumbnail/pictures.ts';

/** Every setting, as a program may be given it, and what others call their secrets. */
const ours = Object.keys(settings).map((name) => prefix + name);
const others = ['GITHUB_TOKEN', 'NODE_AUTH_TOKEN', 'AWS_SECRET_ACCESS_KEY', 'TEMPORAL_API_KEY', 'TEMPORAL_DB_PASSWORD'];
const more = ['OTEL_EXPORTER_OTLP_HEADERS', 'npm_config__authToken'];
const secret = 'not for children';
const someNotice: Notice = {
  ...{ key: '', kind: 'waiting', videoId: 'video-1', recording: '', title: 'T', summary: '', text: 'X' },
  link: 'http://localhost/',
};

suite('the environment of a child', () => {
  before(() => {
    for (const name of [...others, ...more, `${prefix}MACHINES_KEY`, `${prefix}NOTIFY_WEBHOOK`])
      process.env[name] = secret;
  });

  test('has what programs need and none of our settings, whatever they are called later', () => {
    const needed = { PATH: '/bin', HOME: '/home/club', LC_ALL: 'C', TZ: 'UTC', XDG_RUNTIME_DIR: '/run', Path: 'C:\\' };
    const given = Object.fromEntries([...ours, ...others, ...more].map((name) => [name, secret]));
    assert.deepEqual(childEnvironment({ ...given, ...needed }), needed);
    assert.deepEqual(childEnvironment({ ...given, CC: 'cc', ...needed }, /^CC$/), { ...needed, CC: 'cc' });
  });

  test('of a command that is told of notices holds the notice, and no secret', async (t) => {
    const file = path.join(await temporaryFolder(t), 'told.txt');
    await command(`env > '${file}'`).deliver(messageOf([someNotice], 'http://localhost/'), AbortSignal.timeout(10_000));
    const told = await readFile(file, 'utf8');
    assert.match(told, /^NOTICE_VIDEO=video-1$/m);
    assert.match(told, /^PATH=/m);
    assert.ok(!told.includes(secret), 'it holds a secret');
  });

  test('of a command that is told of notices says through which proxy it reaches the network', async (t) => {
    const file = path.join(await temporaryFolder(t), 'told.txt');
    const proxies = {
      HTTPS_PROXY: 'http://club:word@proxy.test:3128',
      http_proxy: 'http://proxy.test',
      NO_PROXY: 'a.test',
    };
    const before = Object.keys(proxies).map((name) => [name, process.env[name]] as const);
    Object.assign(process.env, proxies);
    t.after(() => {
      for (const [name, value] of before) if (value === undefined) delete process.env[name];
      for (const [name, value] of before) if (value !== undefined) process.env[name] = value;
    });
    await command(`env > '${file}'`).deliver(messageOf([someNotice], 'http://localhost/'), AbortSignal.timeout(10_000));
    const told = (await readFile(file, 'utf8')).split('\n');
    for (const [name, value] of Object.entries(proxies)) assert.ok(told.includes(`${name}=${value}`), name);
    assert.deepEqual(
      Object.keys(childEnvironment()).filter((name) => /_proxy$/i.test(name)),
      [],
      'other children have no use for it',
    );
  });

  test('of a media child and of one that draws holds no secret, nor does that of a command of the service manager', async (t) => {
    const folder = await temporaryFolder(t);
    const preload = path.join(folder, 'preload.mjs');
    await writeFile(
      preload,
      `import { writeFileSync } from 'node:fs';
      writeFileSync(${JSON.stringify(`${folder}/told-`)} + process.pid, JSON.stringify([process.argv[1], process.env]));`,
    );
    const { NODE_OPTIONS: usual = '' } = process.env;
    process.env.NODE_OPTIONS = `${usual} --import=${pathToFileURL(preload)}`;
    t.after(() => {
      process.env.NODE_OPTIONS = usual;
    });
    const match = await smallMatch(path.join(folder, 'match.mov'), { seed: 17 });
    await extractFrames(match, [{ time: 1, file: path.join(folder, 'frame.jpg') }]);
    const photo = path.join(folder, 'hall.png');
    await hall(1280, 720, [0.45, 0.62], 0.6).png().toFile(photo);
    await renderThumbnailInProcess({ ...requestFor(photo), out: path.join(folder, 'thumbnail.jpg') });
    const names = (await readdir(folder)).filter((name) => name.startsWith('told-'));
    const told = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')));
    for (const entry of ['src/child/entry.ts', 'src/thumbnail/process/render-child.ts'])
      assert.ok(
        told.some((text) => JSON.parse(text)[0].endsWith(entry)),
        entry,
      );
    assert.ok(!told.join('').includes(secret), 'it holds a secret');

    const outcome = await commandRunner(process.env)('env', []);
    assert.match(outcome?.stdout ?? '', /^LC_ALL=C$/m);
    assert.ok(!outcome?.stdout.includes(secret));
  });
});
