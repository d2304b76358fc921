import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, isIP } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { after, before, describe } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { command, type NoticeChannel, webhook } from '../../src/notify/channels.ts';
import { messageOf } from '../../src/notify/message.ts';
import { startNotifier } from '../../src/notify/notifier.ts';
import { publicOnlyBy } from '../../src/notify/post.ts';
import { isPublic, mayBePublic } from '../../src/notify/public-address.ts';
import { type VideoWatch, watchVideos } from '../../src/temporal/client/watch/index.ts';
import { whereaboutsOf } from '../../src/temporal/client/whereabouts.ts';
import { type Rig, startRig, untilStage } from '../support/rig.ts';
import { sampleRecording } from '../support/sample-recording.ts';

const here = { mayBeLocal: true };
const message = messageOf(
  [{ key: '', kind: 'waiting', videoId: '', recording: '', title: '', summary: '', text: '', link: '' }],
  'http://localhost:8089/',
);

let rig: Rig;
let videos: VideoWatch;

/** A web hook that fails the first `failures` times. */
async function hook(failures = 0) {
  const got: Record<string, unknown>[] = [];
  let count = 0;
  const server = createServer(async (request, answer) => {
    let text = '';
    for await (const part of request) text += part;
    count += 1;
    if (count > failures) got.push(JSON.parse(text));
    answer.writeHead(count > failures ? 204 : 500).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return { got, url: `http://127.0.0.1:${port}/hook/private-part`, close: () => server.close() };
}

async function until(what: () => boolean): Promise<void> {
  for (let look = 0; look < 200; look += 1, await sleep(50)) if (what()) return;
  assert.fail('waited in vain');
}

describe('telling people', () => {
  before(async () => {
    rig = await startRig();
    videos = watchVideos(rig.client, { failed: (error) => assert.fail(String(error)), lookEvery: 50 });
  });
  after(async () => {
    await videos.close();
    await rig.close();
  });
  const start = (channels: readonly NoticeChannel[], said: string[] = [], gatherFor = 0) =>
    startNotifier({
      videos,
      told: rig.store.told,
      channels: () => channels,
      studioUrl: async () => 'http://localhost:8089/',
      isElsewhere: (video) => whereaboutsOf(video, { id: rig.hostId }, rig.store) === 'elsewhere',
      say: (message) => said.push(message),
      deliverEvery: 50,
      gatherFor,
    });

  test('happens once when a video begins to wait and once when one needs attention, through both channels, with the link', async () => {
    const { got, url, close } = await hook();
    const file = path.join(rig.folder, 'told.txt');
    const line = `printf '%s|%s\\n' "$NOTICE_KIND" "$NOTICE_LINK" >> '${file}'`;
    const channels = [webhook(url, here), command(line)];
    const first = start(channels);
    const second = start(channels);
    const waiting = await rig.start(await sampleRecording(rig.folder, 'ms_DenvsTu.mov'));
    const parked = await rig.start(await sampleRecording(rig.folder, 'nobody knows.mov'));
    await untilStage(waiting, 'WAITING_FOR_SELECTION');
    await untilStage(parked, 'NEEDS_ATTENTION');
    await until(() => got.length >= 2 && existsSync(file) && readFileSync(file, 'utf8').split('\n').length > 2);
    await first.stop();
    await second.stop();
    const third = start(channels);
    await sleep(500);
    await third.stop();
    close();
    const links = [waiting, parked].map(({ workflowId }) => `http://localhost:8089/videos/${workflowId}`);
    assert.deepEqual(got.map(({ kind, link }) => `${kind}|${link}`).sort(), [
      `attention|${links[1]}`,
      `waiting|${links[0]}`,
    ]);
    assert.deepEqual(readFileSync(file, 'utf8').trim().split('\n').sort(), [
      `attention|${links[1]}`,
      `waiting|${links[0]}`,
    ]);
    assert.match(String(got.find(({ kind }) => kind === 'attention')?.text), /nobody knows.*correct/s);
    assert.equal(got[0]?.content, got[0]?.text);
    await waiting.cancel();
    await parked.cancel();
  });

  test('a burst is one message, which names each and leads to the board', async () => {
    const { got, url, close } = await hook();
    const notifier = start([webhook(url, here)], [], 3000);
    const names = ['nobody knows one.mov', 'nobody knows two.mov', 'nobody knows three.mov'];
    const handles = await Promise.all(names.map(async (name) => rig.start(await sampleRecording(rig.folder, name))));
    for (const handle of handles) await untilStage(handle, 'NEEDS_ATTENTION');
    await until(() => got.length > 0);
    await sleep(200);
    await notifier.stop();
    close();
    assert.equal(got.length, 1);
    const [{ text, notices } = {}] = got;
    assert.match(String(text), /^3 matches need you: http:\/\/localhost:8089\/board\n/);
    for (const name of names) assert.ok(String(text).includes(`• ${name} needs attention`), String(text));
    assert.equal((notices as unknown[]).length, 3);
    for (const handle of handles) await handle.cancel();
  });

  test('a failure is retried, is reported once, and never names the address', async () => {
    const { got, url, close } = await hook(1);
    const said: string[] = [];
    const notifier = start([webhook(url, here)], said);
    const waiting = await rig.start(await sampleRecording(rig.folder, 'ms_AnhvsMai.mov'));
    await untilStage(waiting, 'WAITING_FOR_SELECTION');
    await until(() => got.length === 1);
    await notifier.stop();
    close();
    assert.deepEqual(said, [
      'The webhook for notices failed: it answered with status 500. It will be tried again, at most 4 times, while it is still true.',
    ]);
    await waiting.cancel();
    const gone = webhook('http://127.0.0.1:9/private-part', here);
    await assert.rejects(gone.deliver(message, AbortSignal.timeout(5000)), (error: Error) => {
      assert.doesNotMatch(`${error.message} ${error.stack} ${error.cause}`, /private-part/);
      return true;
    });
  });
});

test('a webhook that only the settings page has set leads to the internet, or nowhere', async (t) => {
  const { got, url, close } = await hook();
  t.after(close);
  const { port } = new URL(url);
  for (const host of [
    '127.0.0.1',
    'localhost',
    'localhost.',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '127.1',
    '0x7f000001',
    '0',
  ]) {
    const channel = webhook(`http://${host}:${port}/`, { mayBeLocal: false });
    await assert.rejects(channel.deliver(message, AbortSignal.timeout(5000)), /leads to this machine/, host);
  }
  assert.deepEqual(got, []);
});

test('a name is judged by where it leads when the connection is made', async () => {
  const leadingTo = (...addresses: string[]) =>
    publicOnlyBy(((_: string, __: object, done: (...answer: unknown[]) => void) =>
      done(
        null,
        addresses.map((address) => ({ address, family: isIP(address) })),
      )) as never);
  const judge = (addresses: string[]) =>
    new Promise<string>((told) =>
      leadingTo(...addresses)('hook.example.org', {}, (error, address) => told(error ? error.name : String(address))),
    );
  assert.equal(await judge(['93.184.215.14']), '93.184.215.14');
  assert.equal(await judge(['2606:2800:21f:cb07::1']), '2606:2800:21f:cb07::1');
  for (const address of [
    ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.2', '169.254.169.254', '172.16.0.1', '172.31.255.255'],
    ...['192.168.1.1', '198.18.0.1', '224.0.0.1', '255.255.255.255', '::', '::1', 'fe80::1', 'fd00::1', 'ff02::1'],
    ...['::ffff:10.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::', '2001:0:1::1', 'fec0::1'],
  ])
    assert.equal(await judge(['93.184.215.14', address]), 'NotPublicError', address);
  for (const address of ['9.9.9.9', '11.0.0.1', '172.32.0.1', '100.128.0.1', '2a00:1450::1'])
    assert.ok(isPublic(address));
  for (const name of ['router', 'localhost', 'nas.local', 'metadata.google.internal', 'a.localhost'])
    assert.equal(mayBePublic(name), false, name);
});

test('a command that takes too long is ended, with everything it started', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'badminton-notify-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'pid');
  // Two commands, so that the shell cannot become the second.
  const slow = command(`sleep 60 & echo $! > '${file}'; wait; true`);
  const ending = new AbortController();
  const delivery = slow.deliver(message, ending.signal);
  await until(() => existsSync(file) && readFileSync(file, 'utf8').trim() !== '');
  ending.abort();
  await assert.rejects(delivery, /took too long/);
  const pid = Number(readFileSync(file, 'utf8'));
  await until(() => !isRunning(pid));
});

/** Where nobody reaps orphans, one that has ended stays in the process list as a zombie. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const entry = `/proc/${pid}/stat`;
  return !existsSync(entry) || !/^\d+ \(.*\) Z/.test(readFileSync(entry, 'utf8'));
}
