import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import test, { after, before, describe } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { deviceOf } from '../../src/studio/server/guard/this-machine.ts';
import { connections, createShares, mostUploads } from '../../src/studio/server/limits.ts';
import { atEnd } from '../support/clean-up.ts';
import { otherMachine } from '../support/other-machine.ts';
import { type StudioRig, startStudioRig } from './studio-rig.ts';

test('an IPv6 device is its network of 64 bits, an IPv4 device its address', () => {
  assert.equal(deviceOf('::ffff:192.168.1.20'), '192.168.1.20');
  assert.equal(deviceOf('192.168.1.20'), '192.168.1.20');
  assert.equal(deviceOf('fe80::1%eth0'), deviceOf('fe80::aaaa:bbbb:cccc:dddd%eth0'));
  assert.equal(deviceOf('2001:db8:1:2::1'), deviceOf('2001:db8:1:2:3:4:5:6'));
  assert.notEqual(deviceOf('2001:db8:1:2::1'), deviceOf('2001:db8:1:3::1'));
});

test('other devices leave places to this machine, and each of them to the next', () => {
  const shares = createShares(8);
  const taken = (device: string | undefined) => {
    const leave = [];
    for (let one = shares.take(device); one; one = shares.take(device)) leave.push(one);
    return leave;
  };
  const first = taken('192.168.1.20');
  const second = taken('192.168.1.21');
  const own = taken(undefined);
  assert.deepEqual([first.length, second.length, own.length], [4, 2, 2]);
  second[0]?.();
  assert.equal(taken(undefined).length, 1, 'this machine may take what is free');
  assert.equal(taken('192.168.1.22').length, 0);
  for (const leave of [...first, ...own]) leave();
  assert.equal(taken('192.168.1.22').length, 4);
});

const machine = await otherMachine();
after(() => machine?.[Symbol.dispose]());

describe('the studio, crowded', () => {
  const here = { ...networkInterfaces(), ...machine?.interfaces };
  let rig: StudioRig;
  before(async () => {
    const limits = { window: 400, leastBytes: 2000 };
    rig = await startStudioRig({ studio: { onNetwork: true, connections: limits, interfaces: () => here } });
  });
  after(() => rig.close());

  test('one device with 400 connections keeps nobody else out', { skip: machine ? false : 'no network' }, async (t) => {
    const [host = '', ...others] = [machine?.interfaces ?? {}, networkInterfaces()]
      .flatMap((interfaces) => Object.values(interfaces).flatMap((entries) => entries ?? []))
      .filter(({ internal, family }) => !internal && family === 'IPv4')
      .map(({ address }) => address);
    const { port } = new URL(rig.studio.url);
    const crowd = fileURLToPath(new URL('./crowd.ts', import.meta.url));
    const [command = '', ...args] = [...(machine?.through ?? []), process.execPath, crowd, host, port, '400'];
    const attacker = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    atEnd(t, async () => {
      const ended = once(attacker, 'exit');
      attacker.stdin.end();
      await ended;
    });
    const [left] = (await once(attacker.stdout, 'data')) as [Buffer];
    assert.equal(Number(left), connections.each, 'the others were closed');
    const statuses = await Promise.all(
      Array.from({ length: 30 }, async () => (await fetch(new URL('/api/videos', rig.studio.url))).status),
    );
    assert.ok(statuses.every((status) => status === 200));
    // A phone by another address than the attacker's: it is answered, though it is not paired.
    const phone = machine?.through.length ? others.filter((address) => address !== host)[0] : undefined;
    if (phone) assert.equal((await fetch(`http://${phone}:${port}/api/videos`)).status, 401);
    else t.diagnostic('no second device to try');
  });

  /** Sends a body piece by piece; whether it was cut off, or the status of the answer. */
  function trickle(method: string, target: string, pieces: number, piece: string, more: Record<string, string> = {}) {
    const { port } = new URL(rig.studio.url);
    return new Promise<number | 'cut'>((resolve) => {
      const headers = {
        ...more,
        host: `localhost:${port}`,
        'content-type': 'application/json',
        'content-length': String(pieces * piece.length),
      };
      const asked = request({ host: '127.0.0.1', port, path: target, method, headers, agent: false }, (answer) => {
        answer.resume().once('error', () => undefined);
        answer.once('end', () => resolve(answer.statusCode ?? 0));
      });
      asked.once('error', () => resolve('cut'));
      let sent = 0;
      const clock = setInterval(() => {
        if (sent === pieces || asked.destroyed) {
          clearInterval(clock);
          asked.end();
        } else asked.write(piece);
        sent += 1;
      }, 50);
    });
  }

  test('a body that trickles is cut off, whatever it is for, and leaves nothing behind', async () => {
    const cut = await Promise.all([
      trickle('PUT', '/api/recordings/ms_SlowvsSlower.mov', 1000, 'x'),
      trickle('POST', '/api/recordings/start', 1000, ' '),
      trickle('POST', '/api/videos/video-0123456789abcdef/select', 1000, ' '),
    ]);
    assert.deepEqual(cut, ['cut', 'cut', 'cut']);
    for (let look = 0; readdirSync(rig.config.INPUT_DIR).length > 0; look += 1, await sleep(50)) {
      assert.ok(look < 100, 'half a recording is left');
    }
  });

  test('a limit counts requests of all routes together', async () => {
    const begun = await Promise.all(
      Array.from({ length: mostUploads / 2 }, async (_, at) => {
        const wish = { name: `ms_PiecevsBy${at}.mov`, bytes: 30_000, digest: 'a'.repeat(64) };
        const answer = await rig.api().uploads.$post({ json: wish });
        assert.equal(answer.status, 200);
        return (await answer.json()).id;
      }),
    );
    const slowly = 'x'.repeat(1000);
    const running = [
      ...begun.map((id) => trickle('PATCH', `/api/uploads/${id}`, 30, slowly, { 'upload-offset': '0' })),
      ...begun.map((_, at) => trickle('PUT', `/api/recordings/ms_WholevsAt${at}.mov`, 30, slowly)),
    ];
    const arriving = () => {
      const parts = [rig.config.INPUT_DIR, path.join(rig.config.INPUT_DIR, '.uploads')].flatMap((folder) =>
        readdirSync(folder, { withFileTypes: true }).filter(({ name }) => name.endsWith('.part')),
      );
      return parts.filter(({ name, parentPath }) => statSync(path.join(parentPath, name)).size > 0).length;
    };
    for (let look = 0; arriving() < mostUploads; look += 1, await sleep(20)) assert.ok(look < 80, 'all are sent');
    const { port } = new URL(rig.studio.url);
    const oneMore = await fetch(`http://localhost:${port}/api/recordings/ms_OnevsMore.mov`, {
      ...{ method: 'PUT', body: slowly },
    });
    assert.equal(oneMore.status, 429);
    assert.deepEqual(new Set(await Promise.all(running)), new Set([200, 201]));
    await Promise.all(begun.map((id) => rig.api().uploads[':id'].$delete({ param: { id } })));
  });

  test('a slow network is no trickle', async () => {
    // 20,000 bytes a second, for more than two windows.
    assert.equal(await trickle('PUT', '/api/recordings/ms_DenvsTu.mov', 20, 'x'.repeat(1000)), 201);
  });
});
