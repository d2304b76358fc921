import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { after, before, describe } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { command, webhook } from '../../src/notify/channels.ts';
import { startNotifier } from '../../src/notify/notifier.ts';
import { type VideoWatch, watchVideos } from '../../src/temporal/client/watch/index.ts';
import { whereaboutsOf } from '../../src/temporal/client/whereabouts.ts';
import { type Rig, startRig, untilStage } from '../support/rig.ts';
import { sampleRecording } from '../support/sample-recording.ts';

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
  const start = (channels: Parameters<typeof startNotifier>[0]['channels'], said: string[] = []) =>
    startNotifier({
      videos,
      told: rig.store.told,
      channels,
      studioUrl: async () => 'http://localhost:8089/',
      isElsewhere: (video) => whereaboutsOf(video, { id: rig.hostId }, rig.store) === 'elsewhere',
      say: (message) => said.push(message),
      deliverEvery: 50,
    });

  test('happens once when a video begins to wait and once when one needs attention, through both channels, with the link', async () => {
    const { got, url, close } = await hook();
    const file = path.join(rig.folder, 'told.txt');
    const line = `printf '%s|%s\\n' "$NOTICE_KIND" "$NOTICE_LINK" >> '${file}'`;
    const channels = [webhook(url), command(line)];
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

  test('a failure is retried, is reported once, and never names the address', async () => {
    const { got, url, close } = await hook(1);
    const said: string[] = [];
    const notifier = start([webhook(url)], said);
    const waiting = await rig.start(await sampleRecording(rig.folder, 'ms_AnhvsMai.mov'));
    await untilStage(waiting, 'WAITING_FOR_SELECTION');
    await until(() => got.length === 1);
    await notifier.stop();
    close();
    assert.deepEqual(said, [
      'The webhook for notices failed: it answered with status 500. It will be tried again, at most 4 times, while it is still true.',
    ]);
    await waiting.cancel();
    const gone = webhook('http://127.0.0.1:9/private-part');
    const notice = { key: '', kind: 'waiting', videoId: '', recording: '', title: '', text: '', link: '' } as const;
    await assert.rejects(gone.deliver(notice, AbortSignal.timeout(5000)), (error: Error) => {
      assert.doesNotMatch(`${error.message} ${error.stack} ${error.cause}`, /private-part/);
      return true;
    });
  });
});

test('a command that takes too long is ended, with everything it started', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'badminton-notify-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'pid');
  // Two commands, so that the shell cannot become the second.
  const slow = command(`sleep 60 & echo $! > '${file}'; wait; true`);
  const notice = { key: '', kind: 'waiting', videoId: '', recording: '', title: '', text: '', link: '' } as const;
  const ending = new AbortController();
  const delivery = slow.deliver(notice, ending.signal);
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
