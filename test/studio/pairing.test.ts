import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { connect, createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import path from 'node:path';
import test, { after, before, describe } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { changeSettings } from '../../src/app/change-settings.ts';
import { readKept } from '../../src/app/settings/kept.ts';
import { openPairing } from '../../src/studio/server/guard/pairing.ts';
import { networkAddresses } from '../../src/studio/server/network.ts';
import { type StudioRig, startStudioRig } from './studio-rig.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'badminton-pairing-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('a link works once, and for ten minutes; sessions survive a restart and are kept as digests, 0600', () => {
  const file = path.join(folder, 'sessions.json');
  let now = 0;
  const codes: string[] = [];
  const pairing = openPairing(
    folder,
    (code) => codes.push(code),
    () => now,
  );
  const code = pairing.newCode();
  assert.equal(pairing.redeem('guessed'), undefined);
  const session = pairing.redeem(code);
  assert.ok(session);
  assert.equal(pairing.redeem(code), undefined, 'once');
  assert.equal(codes.length, 1, 'the next link is told');
  assert.ok(pairing.redeem(codes[0] ?? ''), 'and is good');
  assert.ok(pairing.deviceOf(session));
  assert.equal(pairing.deviceOf(undefined), undefined);
  assert.equal(pairing.deviceOf(code), undefined);
  assert.equal(readFileSync(file, 'utf8').includes(session), false);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.ok(
    openPairing(
      folder,
      () => {},
      () => now,
    ).deviceOf(session),
  );
  const late = pairing.newCode();
  now += 11 * 60_000;
  assert.equal(pairing.redeem(late), undefined, 'ten minutes');
  assert.notEqual(pairing.newCode(), late);
  now += 91 * 24 * 3600_000;
  assert.equal(pairing.deviceOf(session), undefined, 'ninety days');
});

test('devices have a name and were last seen; one that is unpaired is not recognised again', () => {
  const own = mkdtempSync(path.join(folder, 'devices-'));
  let now = 1_000_000;
  const open = () =>
    openPairing(
      own,
      () => {},
      () => now,
    );
  const pairing = open();
  const phone = pairing.redeem(pairing.newCode(), 'iPhone') ?? '';
  now += 1000;
  const tablet = pairing.redeem(pairing.newCode(), 'iPad') ?? '';
  const names = (from = pairing) => from.devices().map(({ name }) => name);
  assert.deepEqual(names(), ['iPad', 'iPhone']);
  now += 60_000;
  const id = pairing.deviceOf(phone) ?? '';
  assert.deepEqual(names(), ['iPhone', 'iPad'], 'the one seen last first');
  const { since, lastSeen } = pairing.devices()[0] ?? {};
  assert.deepEqual([since, lastSeen], [1_000_000, now]);
  now += 11 * 60_000;
  pairing.deviceOf(phone);
  assert.equal(open().devices()[0]?.lastSeen, now, 'noted for after a restart');
  assert.equal(pairing.unpair('nobody'), false);
  assert.equal(pairing.unpair(id), true);
  assert.equal(pairing.deviceOf(phone), undefined);
  assert.ok(pairing.deviceOf(tablet));
  assert.deepEqual(names(open()), ['iPad']);
});

test('a device that an earlier version paired stays paired, without a name', () => {
  const own = mkdtempSync(path.join(folder, 'old-'));
  const session = 'a-session-of-long-ago';
  const old = { version: 2, sessions: [{ digest: createHash('sha256').update(session).digest('hex'), since: 5000 }] };
  writeFileSync(path.join(own, 'sessions.json'), JSON.stringify(old));
  const pairing = openPairing(
    own,
    () => {},
    () => 6000,
  );
  assert.deepEqual(
    pairing.devices().map(({ name, since, lastSeen }) => ({ name, since, lastSeen })),
    [{ name: undefined, since: 5000, lastSeen: 5000 }],
  );
  const id = pairing.deviceOf(session);
  assert.ok(id && !JSON.stringify(old).includes(id), 'an id says nothing of the session');
  assert.equal(pairing.unpair(id), true);
});

test('the link names the network a phone is on, not those of containers and tunnels', () => {
  const entry = (address: string, internal = false) => [{ address, internal, family: 'IPv4' as const }];
  const found = networkAddresses({
    lo: entry('127.0.0.1', true),
    docker0: entry('172.17.0.1'),
    eth0: entry('169.254.3.4'),
    wlan0: entry('192.168.1.20'),
  });
  assert.deepEqual(found, ['192.168.1.20', '172.17.0.1', '169.254.3.4']);
});

const address = Object.values(networkInterfaces())
  .flatMap((entries) => entries ?? [])
  .find(({ internal, family }) => !internal && family === 'IPv4')?.address;

describe('the studio on the network', { skip: address ? false : 'this machine has no network' }, () => {
  let rig: StudioRig;
  const links: string[] = [];
  before(async () => {
    rig = await startStudioRig({
      settings: { BADMINTON_YOUTUBE_URL: 'http://127.0.0.1:1/' },
      studio: { onNetwork: true, onPairingLink: (link) => links.push(link) },
    });
    // Where the sample match is offered to nobody.
    await changeSettings(rig.current.places, { BADMINTON_PUBLISH_TARGET: 'youtube' });
  });
  after(() => rig.close());

  test('a device sees nothing until paired, and everything afterwards', async () => {
    const link = rig.studio.pairingLink();
    assert.ok(link);
    const at = (target: string) => new URL(target, link);
    assert.equal((await fetch(at('/api/videos'))).status, 401);
    assert.equal((await fetch(at('/'))).status, 401);
    assert.equal((await fetch(at('/assets/studio.js'))).status, 401);
    assert.equal((await fetch(at('/assets/studio.css'))).status, 200, 'the pairing page looks like the studio');
    const huge = await fetch(at('/pair'), {
      method: 'POST',
      body: new URLSearchParams({ code: 'x'.repeat(100_000) }),
    });
    assert.equal(huge.status, 413, 'nobody on the network fills the memory');
    const looked = await fetch(link);
    assert.match(await looked.text(), /Use it here/);
    const pair = (code: string) =>
      fetch(at('/pair'), { method: 'POST', body: new URLSearchParams({ code }), redirect: 'manual' });
    assert.equal((await pair('wrong')).status, 403);
    const code = new URL(link).searchParams.get('code') ?? '';
    const paired = await pair(code);
    assert.equal(paired.status, 303, 'looking at the link did not use it up');
    const [cookie = ''] = paired.headers.getSetCookie();
    assert.match(cookie, /HttpOnly/);
    assert.match(cookie, /SameSite=Lax/);
    const headers = { cookie: cookie.split(';')[0] ?? '' };
    assert.equal((await fetch(at('/api/videos'), { headers })).status, 200);
    assert.equal((await fetch(at('/api/videos'), { headers: { cookie: 'badminton_studio=guessed' } })).status, 401);
    assert.equal((await pair(code)).status, 403, 'the link is good once');
    assert.equal(links.length, 1, 'the next link is told');
    await rig.restartStudio();
    // Gives fetch a moment to notice that its old connection was closed.
    await sleep(200);
    assert.equal((await fetch(at('/api/videos'), { headers })).status, 200, 'a restart keeps the pairing');
  });

  test('at the machine itself no pairing is needed; only there can a new link be made, replacing the previous one', async () => {
    assert.equal((await fetch(new URL('/api/videos', rig.studio.url))).status, 200);
    const before = rig.studio.pairingLink() ?? '';
    const { link } = await (await rig.api()['pairing-link'].$post({ json: {} })).json();
    const pair = (from: string) =>
      fetch(new URL('/pair', from), {
        method: 'POST',
        body: new URLSearchParams({ code: new URL(from).searchParams.get('code') ?? '' }),
        redirect: 'manual',
      });
    assert.equal((await pair(before)).status, 403);
    const paired = await pair(link);
    assert.equal(paired.status, 303);
    const headers = { cookie: paired.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
    const invited = await fetch(new URL('/api/pairing-link', link), { method: 'POST', headers });
    assert.equal(invited.status, 403, 'a paired phone invites nobody');

    const all = await (await rig.api().devices.$get()).json();
    assert.equal(all.devices.length, 2);
    const at = (id = '') => new URL(`/api/devices/${id}`.replace(/\/$/, ''), link);
    const own = (await (await fetch(at(), { headers })).json()) as typeof all;
    assert.deepEqual([own.devices.length, own.devices[0]?.isThis], [1, true], 'a phone sees itself');
    const other = all.devices.find(({ id }) => id !== own.devices[0]?.id)?.id;
    const remove = async (id: string | undefined) => (await fetch(at(id), { method: 'DELETE', headers })).status;
    assert.equal(await remove(other), 403, 'and unpairs itself only');
    assert.equal(await remove(own.devices[0]?.id), 200);
    await sleep(200);
    assert.equal((await fetch(at(), { headers })).status, 401);
    const sessions = readFileSync(path.join(rig.folder, 'studio', 'sessions.json'), 'utf8');
    for (const { id } of all.devices)
      assert.ok(!JSON.parse(sessions).sessions.some(({ digest }: { digest: string }) => digest.startsWith(id)));
  });

  test('settings are for this machine and for administrators; a phone is refused, and so is what is only for the machine', async () => {
    /** A device that was paired with a link of that kind. */
    const device = async (administrator: boolean) => {
      const { link } = await (await rig.api()['pairing-link'].$post({ json: { administrator } })).json();
      const offered = await (await fetch(link)).text();
      assert.equal(/It becomes an administrator/.test(offered), administrator, 'the person is told');
      const code = new URL(link).searchParams.get('code') ?? '';
      const paired = await fetch(new URL('/pair', link), {
        method: 'POST',
        // What a device asks for itself counts for nothing.
        body: new URLSearchParams({ code, name: 'X', administrator: 'true' }),
        redirect: 'manual',
      });
      return { cookie: paired.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
    };
    const phone = await device(false);
    const administrator = await device(true);
    const base = rig.studio.linkUrl();
    const set = (name: string, value: string | null) => ({ changes: { [`BADMINTON_${name}`]: value } });
    const ask = async (headers: Record<string, string>, method: string, target: string, body?: object | Buffer) => {
      const isJson = body !== undefined && !Buffer.isBuffer(body);
      const { status } = await fetch(new URL(target, 'cookie' in headers ? base : rig.studio.url), {
        method,
        headers: { ...headers, ...(isJson && { 'content-type': 'application/json' }) },
        ...(body && { body: isJson ? JSON.stringify(body) : new Uint8Array(body as Buffer) }),
      });
      return status;
    };
    const logo = await sharp({ create: { width: 64, height: 64, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const settings = '/api/settings';
    const toPublish = { channelId: 'UC', videoIds: [`video-${'0'.repeat(16)}`] };
    const table: [
      string,
      string,
      object | Buffer | undefined,
      { phone: number; administrator: number; machine: number },
    ][] = [
      ['GET', settings, undefined, { phone: 403, administrator: 200, machine: 200 }],
      ['POST', settings, set('CLUB_NAME', 'Sun'), { phone: 403, administrator: 200, machine: 200 }],
      ['PUT', `${settings}/logo`, logo, { phone: 403, administrator: 200, machine: 200 }],
      ['DELETE', `${settings}/logo`, undefined, { phone: 403, administrator: 200, machine: 200 }],
      ['GET', `${settings}/preview`, undefined, { phone: 403, administrator: 200, machine: 200 }],
      ['POST', `${settings}/restart`, undefined, { phone: 403, administrator: 409, machine: 409 }],
      ['POST', `${settings}/test-notice`, undefined, { phone: 403, administrator: 200, machine: 200 }],
      ['GET', '/api/youtube', undefined, { phone: 403, administrator: 200, machine: 200 }],
      ['PUT', '/api/youtube/client', Buffer.from('{}'), { phone: 403, administrator: 422, machine: 422 }],
      ['POST', '/api/youtube/sign-in', undefined, { phone: 403, administrator: 422, machine: 422 }],
      ['POST', '/api/youtube/sign-in/answer', { address: 'x' }, { phone: 403, administrator: 409, machine: 409 }],
      ['DELETE', '/api/youtube/sign-in/pending', undefined, { phone: 403, administrator: 200, machine: 200 }],
      ['DELETE', '/api/youtube/sign-in', undefined, { phone: 403, administrator: 422, machine: 422 }],
      ['GET', '/api/first-start', undefined, { phone: 403, administrator: 200, machine: 200 }],
      ['PUT', '/api/first-start', { state: 'left' }, { phone: 403, administrator: 200, machine: 200 }],
      ['GET', '/api/first-start/sample', undefined, { phone: 403, administrator: 200, machine: 200 }],
      ['POST', '/api/first-start/sample', undefined, { phone: 403, administrator: 409, machine: 409 }],
      ['GET', '/api/network', undefined, { phone: 403, administrator: 200, machine: 200 }],
      ['POST', '/api/network', undefined, { phone: 403, administrator: 403, machine: 200 }],
      ['GET', '/api/target', undefined, { phone: 403, administrator: 200, machine: 200 }],
      ['POST', '/api/target', { to: 'local' }, { phone: 403, administrator: 200, machine: 200 }],
      ['POST', '/api/target', { to: 'youtube', channelId: 'UC' }, { phone: 403, administrator: 422, machine: 422 }],
      ['GET', '/api/rehearsed', undefined, { phone: 200, administrator: 200, machine: 200 }],
      ['POST', '/api/rehearsed/quote', {}, { phone: 403, administrator: 409, machine: 409 }],
      ['POST', '/api/rehearsed/publish', toPublish, { phone: 403, administrator: 409, machine: 409 }],
      ['POST', settings, set('PUBLISH_TARGET', 'youtube'), { phone: 403, administrator: 403, machine: 403 }],
      ['POST', '/api/pairing-link', {}, { phone: 403, administrator: 403, machine: 200 }],
      ...(['INPUT_DIR', 'COMPLETED_DIR', 'DESIGNS_DIR'] as const).map(
        (name) =>
          ['POST', settings, set(name, `/films/${name}`), { phone: 403, administrator: 403, machine: 200 }] as never,
      ),
      ['POST', settings, set('STUDIO_ON_NETWORK', 'yes'), { phone: 403, administrator: 403, machine: 200 }],
      [
        'POST',
        settings,
        set('NOTIFY_WEBHOOK', 'https://example.org/'),
        { phone: 403, administrator: 403, machine: 200 },
      ],
      ['POST', settings, set('NOTIFY_WEBHOOK', null), { phone: 403, administrator: 403, machine: 200 }],
      ['POST', settings, set('NOTIFY_WEBHOOK', 'http://127.0.0.1/'), { phone: 403, administrator: 403, machine: 422 }],
      ...[
        'NOTIFY_COMMAND',
        'TEMPORAL_CLI',
        'CLUB_LOGO',
        'YOUTUBE_CLIENT',
        'YOUTUBE_CREDENTIALS',
        'YOUTUBE_URL',
        'DATA_DIR',
      ].map((name) => ['POST', settings, set(name, 'true'), { phone: 403, administrator: 403, machine: 403 }] as never),
      ['POST', settings, set('TOP_N', '99'), { phone: 403, administrator: 422, machine: 422 }],
      ['POST', settings, set('TOPN', '9'), { phone: 403, administrator: 422, machine: 422 }],
      ['POST', settings, set('POSE', 'on'), { phone: 403, administrator: 422, machine: 422 }],
    ];
    for (const [method, target, body, wanted] of table) {
      const what = `${method} ${target} ${JSON.stringify(body)}`.slice(0, 100);
      assert.equal(await ask({ cookie: 'none' }, method, target, body), 401, `nobody: ${what}`);
      assert.equal(await ask(phone, method, target, body), wanted.phone, `phone: ${what}`);
      assert.equal(await ask(administrator, method, target, body), wanted.administrator, `administrator: ${what}`);
      assert.equal(await ask({}, method, target, body), wanted.machine, `machine: ${what}`);
    }
    const all = (await (await rig.api().devices.$get()).json()).devices;
    const idOf = (isAdministrator: boolean) =>
      all.find((each) => each.name === 'X' && each.isAdministrator === isAdministrator)?.id;
    assert.equal(await ask(phone, 'DELETE', `/api/devices/${idOf(true)}`), 403);
    assert.equal(await ask(administrator, 'DELETE', `/api/devices/${idOf(false)}`), 200);
    await sleep(200);
    assert.equal(await ask(phone, 'GET', '/api/videos'), 401);
    await rig.restartStudio();
    await sleep(200);
    assert.equal(await ask(administrator, 'GET', settings), 200, 'after a restart too');
  });
});

test('a device list from a newer program is left alone: no device is recognised, and none is paired', {
  skip: !address,
}, async (t) => {
  const rig = await startStudioRig({ studio: { onNetwork: true } });
  t.after(() => rig.close());
  assert.ok(rig.studio.pairingLink());
  const file = path.join(rig.folder, 'studio', 'sessions.json');
  const text = '{"version":5,"devices":[]}';
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  await rig.restartStudio();
  await sleep(200);
  assert.equal(rig.studio.pairingProblem?.code, 'NEWER_DATA');
  assert.equal(rig.studio.pairingLink(), undefined);
  const answer = await rig.api()['pairing-link'].$post({ json: {} });
  assert.deepEqual([answer.status, JSON.parse(await answer.text()).code], [422, 'NEWER_DATA']);
  assert.equal((await fetch(new URL('/api/videos', rig.studio.url))).status, 200, 'this machine needs no pairing');
  const at = (target: string) => new URL(target, rig.studio.linkUrl());
  for (const { status, page } of [
    { status: 401, page: await fetch(at('/')) },
    { status: 200, page: await fetch(at('/pair?code=x')) },
    { status: 403, page: await fetch(at('/pair'), { method: 'POST', body: new URLSearchParams({ code: 'x' }) }) },
  ]) {
    const shown = await page.text();
    assert.equal(page.status, status);
    assert.match(shown, /newer version of the program/);
    assert.ok(!shown.includes(rig.folder), 'the network learns no path');
  }
  assert.equal(readFileSync(file, 'utf8'), text);
});

test('by default it listens only on this machine, until somebody there lets paired devices in, for later starts too', {
  skip: !address,
}, async (t) => {
  const rig = await startStudioRig({ studio: { aliveEvery: 200 } });
  t.after(() => rig.close());
  const { port } = new URL(rig.studio.url);
  const outside = `http://${address}:${port}/`;
  const ending = new AbortController();
  t.after(() => ending.abort());
  const stream = await fetch(new URL('/api/events', rig.studio.url), { signal: ending.signal });
  const { network, 'pairing-link': pairingLink } = rig.api();
  assert.equal(rig.studio.pairingLink(), undefined);
  assert.equal((await pairingLink.$post({ json: {} })).status, 409);
  await assert.rejects(fetch(outside));
  assert.deepEqual(await (await network.$get()).json(), { isOpen: false });
  const other = createServer();
  await new Promise<void>((listening) => other.listen(Number(port), address, listening));
  const failed = await network.$post();
  assert.equal(failed.status as number, 409);
  assert.match(await failed.text(), /Other devices are still kept out: another program uses port \d+ on the network/);
  assert.deepEqual(readKept(rig.folder), {}, 'and no later start opens it');
  await new Promise((closed) => other.close(closed));
  const opened = await Promise.all([network.$post(), network.$post()]);
  for (const answer of opened) assert.deepEqual(await answer.json(), { isOpen: true });
  assert.equal((await fetch(new URL('/api/videos', outside))).status, 401, 'only those that are paired');
  assert.match(rig.studio.pairingLink() ?? '', new RegExp(`:${port}/pair`));
  const events = stream.body?.getReader();
  assert.equal((await events?.read())?.done, false, 'no page is cut off');
  assert.equal(rig.current.now().STUDIO_ON_NETWORK, true);
  assert.deepEqual(rig.current.waiting(), [], 'nothing waits for a restart');
  assert.deepEqual(readKept(rig.folder), { BADMINTON_STUDIO_ON_NETWORK: 'yes' });

  const device = connect(Number(port), address);
  t.after(() => device.destroy());
  await once(device, 'connect');
  const [kept] = await Promise.all([network.$delete(), once(device, 'close')]);
  assert.deepEqual(await kept.json(), { isOpen: false });
  await assert.rejects(fetch(outside));
  assert.equal((await events?.read())?.done, false, 'no page of this machine is cut off');
  assert.equal((await pairingLink.$post({ json: {} })).status, 409);
  assert.deepEqual(readKept(rig.folder), { BADMINTON_STUDIO_ON_NETWORK: 'no' });
  assert.deepEqual(rig.current.waiting(), []);
});

test('a setting of the environment that keeps devices out stays in force', { skip: !address }, async (t) => {
  const rig = await startStudioRig({ settings: { BADMINTON_STUDIO_ON_NETWORK: 'no' } });
  t.after(() => rig.close());
  const refused = await rig.api().network.$post();
  assert.equal(refused.status as number, 409);
  assert.match(await refused.text(), /is set in the environment, which takes precedence/);
  await assert.rejects(fetch(`http://${address}:${new URL(rig.studio.url).port}/`));
});

test('a machine that changes the network is known there, by what its links say, and no longer by its old address', async (t) => {
  const on = (address: string) => ({ wlan0: [{ address, internal: false, family: 'IPv4' as const }] });
  let network = on('192.168.1.20');
  const rig = await startStudioRig({ studio: { onNetwork: true, interfaces: () => network } });
  t.after(() => rig.close());
  const { port } = new URL(rig.studio.url);
  const statusAs = (host: string) =>
    new Promise<number | undefined>((done, fail) => {
      get({ host: '127.0.0.1', port, path: '/api/about', headers: { host: `${host}:${port}` } }, (answer) => {
        answer.resume();
        done(answer.statusCode);
      }).once('error', fail);
    });
  const links = () => [rig.studio.linkUrl(), rig.studio.pairingLink() ?? ''].map((link) => new URL(link).hostname);
  assert.deepEqual([await statusAs('192.168.1.20'), await statusAs('10.0.0.7')], [200, 421]);
  assert.deepEqual(links(), ['192.168.1.20', '192.168.1.20']);
  network = on('10.0.0.7');
  assert.deepEqual([await statusAs('192.168.1.20'), await statusAs('10.0.0.7')], [421, 200]);
  assert.deepEqual(links(), ['10.0.0.7', '10.0.0.7']);
});
