import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { hostname } from 'node:os';
import path from 'node:path';
import test, { after, before, describe } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { hc } from 'hono/client';
import type { StudioApi } from '../../src/studio/server/app.ts';
import { networkAddresses } from '../../src/studio/server/network.ts';
import { seesOnly, startMachine, type TestMachine } from '../support/machines.ts';
import { otherMachine } from '../support/other-machine.ts';
import { runProgram, startProgram } from '../support/program.ts';
import { untilStage } from '../support/rig.ts';
import { sampleRecording } from '../support/sample-recording.ts';
import { startFalseStudio } from './false-studio.ts';
import { type StudioRig, startStudioRig } from './studio-rig.ts';

const key = 'a key that both machines have, for a test only';
let rig: StudioRig;
let other: TestMachine;
/** Of a video whose files are on the other machine. */
let id: string;
const ownDisk: string[] = [];

const at = (address: string) => new URL(`/api/videos/${id}${address}`, rig.studio.url);
const view = async () => (await rig.api().videos[':id'].$get({ param: { id } })).json();
const handle = () => rig.client.workflow.getHandle(id);

/** The studio remembers for some seconds what it has found. */
async function forget(): Promise<void> {
  await rig.restartStudio();
  // What asks it has yet to notice that its connections are closed.
  await sleep(50);
}

async function doctor(): Promise<string> {
  const { stdout, stderr } = await runProgram(['doctor'], { ...rig.settings, BADMINTON_MACHINES_KEY: key });
  assert.ok(![stdout, stderr].some((text) => text.includes(key)));
  return stdout;
}

describe('videos of another machine, in the studio of this one', () => {
  before(async () => {
    rig = await startStudioRig({
      settings: { BADMINTON_MACHINES_KEY: key, BADMINTON_MACHINES_PORT: '0' },
      around: (activities) => seesOnly(ownDisk, activities),
    });
    ownDisk.push(rig.config.INPUT_DIR);
    other = await startMachine(rig, 'court-2');
    ({ videoId: id } = await other.startVideo(await sampleRecording(other.disk, 'ms_CovsDu.mov')));
    await untilStage(handle(), 'WAITING_FOR_SELECTION', 60);
  });
  after(async () => {
    await other[Symbol.asyncDispose]();
    await rig.close();
  });

  test('until that machine has the key, the page says what to do, and nothing is shown', async () => {
    for (const theirs of [undefined, 'another key, as long as it has to be for this']) {
      await other.serveStudio(theirs);
      const { candidates, unavailable, video } = await view();
      assert.equal(video.hostName, 'court-2');
      assert.deepEqual(candidates, []);
      const expected = theirs
        ? /court-2, whose studio does not accept this machine/
        : /court-2, whose studio does not run/;
      assert.match(unavailable?.problem ?? '', expected);
      assert.match(unavailable?.action ?? '', /BADMINTON_MACHINES_KEY/);
      const answer = await fetch(at('/picture'));
      assert.equal(answer.status, 503);
      const text = await answer.text();
      assert.match(text, expected);
      assert.ok(![key, theirs].some((secret) => secret && text.includes(secret)));
      await forget();
    }
  });

  test('a person sees its candidates, any moment, the thumbnail and the recording', async () => {
    const there = await other.serveStudio(key);
    const theirs = await (await hc<StudioApi>(there.url).api.videos[':id'].$get({ param: { id } })).json();
    const { candidates, recording, activity, readings, unavailable } = await view();
    assert.equal(unavailable, undefined);
    assert.ok(candidates.length > 0);
    assert.deepEqual(
      { candidates, recording, activity, readings },
      {
        candidates: theirs.candidates,
        recording: theirs.recording,
        activity: theirs.activity,
        readings: theirs.readings,
      },
    );
    const { frame = '' } = candidates[0] ?? {};
    const look = encodeURIComponent(JSON.stringify({ template: 'bar' }));
    for (const address of [
      ...[`/candidates/${frame}?width=320`, '/picture', '/frames?at=1.5', '/frames?at=1&precision=key&width=320'],
      ...[`/preview?frame=${frame}&look=${look}`, `/preview?at=1&look=${look}`],
    ]) {
      const [here, direct] = await Promise.all([
        fetch(at(address)),
        fetch(new URL(`/api/videos/${id}${address}`, there.url)),
      ]);
      assert.deepEqual([here.status, here.headers.get('content-type')], [200, 'image/jpeg'], address);
      for (const name of ['x-time', 'x-next', 'x-template', 'x-crop', 'cache-control'])
        assert.equal(here.headers.get(name), direct.headers.get(name), `${name} of ${address}`);
      assert.ok(Buffer.from(await here.arrayBuffer()).equals(Buffer.from(await direct.arrayBuffer())), address);
    }
    const part = await fetch(at('/recording'), { headers: { range: 'bytes=4-7' } });
    assert.deepEqual([part.status, await part.text()], [206, 'ftyp']);
    const head = await fetch(at('/recording'), { method: 'HEAD' });
    assert.deepEqual([head.status, head.headers.get('content-length')], [200, String(recording?.bytes)]);
    assert.match(await doctor(), /\bok {5}Other studio +court-2 answers\n/);
    const texts = { teams: [['An'], ['Bo']] };
    const checked = await rig.api().videos[':id'].metadata.$post({ param: { id }, json: texts });
    assert.match(JSON.stringify(await checked.json()), /An vs Bo/);
  });

  test('what the other studio refuses is told as its words', async () => {
    for (const [address, status, words] of [
      ['/candidates/none.jpg', 404, /The studio of court-2 says: There is no such candidate/],
      ['/frames?at=1000000', 422, /The studio of court-2 says: /],
    ] as const) {
      const answer = await fetch(at(address));
      assert.equal(answer.status, status, address);
      assert.match(await answer.text(), words);
    }
  });

  test('nothing is told to a machine but what it is asked, and what it answers is not believed blindly', async (t) => {
    const liar = await startFalseStudio(key, other.host.id);
    t.after(() => liar.close());
    other.claimStudio(liar.port);
    t.after(() => other.claimStudio(undefined));
    await forget();
    const secrets = { cookie: 'badminton_studio=secret', authorization: 'Bearer secret', referer: rig.studio.url };
    for (const [address, status, words] of [
      ['/candidates/one', 200, /^picture$/],
      ['/picture', 502, /court-2 answered in a form that this one does not know/],
      ['/thumbnail', 502, /court-2 answered in a form/],
      ['/recording', 502, /court-2 answered in a form/],
      ['/preview?at=1', 503, /court-2, whose studio did not finish its answer/],
    ] as const) {
      const answer = await fetch(at(address), { headers: secrets, redirect: 'manual' });
      assert.equal(answer.status, status, address);
      assert.match(await answer.text(), words, address);
      assert.equal(answer.headers.get('set-cookie'), null);
      assert.equal(answer.headers.get('access-control-allow-origin'), null);
      assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    }
    const { unavailable } = await view();
    assert.match(unavailable?.problem ?? '', /answered in a form/);
    const leaving = new AbortController();
    const waiting = fetch(at('/frames?at=1'), { signal: leaving.signal });
    while (liar.headers.length < 7) await sleep(20);
    leaving.abort();
    await assert.rejects(waiting);
    await liar.left;
    for (const headers of liar.headers) assert.doesNotMatch(JSON.stringify(headers), /secret|localhost|127\.0\.0\.1/);
  });

  test('trust that is taken back ends at once, also on connections that are open', async () => {
    await forget();
    assert.equal((await fetch(at('/picture'))).status, 200);
    await other.serveStudio('the key that all others have from now on');
    const refused = await fetch(at('/picture'));
    assert.equal(refused.status, 503);
    assert.match(await refused.text(), /court-2, whose studio does not accept this machine/);
    assert.match((await view()).unavailable?.problem ?? '', /does not accept this machine/);
    assert.match(
      await doctor(),
      /note {3}Other studio +court-2, whose studio does not accept.*\n +→ Set the same BADMINTON_/,
    );
    await forget();
  });

  test('while it is away, the page names it, what was chosen for its video waits, and those of this machine continue', async () => {
    const there = await other.serveStudio();
    await there.close();
    await other.stop();
    const { video, unavailable } = await view();
    assert.match(unavailable?.problem ?? '', /The recording is on court-2, which (does not answer|is away)/);
    assert.equal(video.stage, 'WAITING_FOR_SELECTION');
    const questions = () => rig.callsOf('StartWorkflowExecution');
    const before = questions();
    assert.ok(before > 0);
    const pictures = await Promise.all(Array.from({ length: 12 }, () => fetch(at('/picture'))));
    assert.deepEqual(new Set(pictures.map(({ status }) => status)), new Set([503]));
    assert.ok(questions() - before <= 1, 'it is not asked again for each');

    const own = await rig.waitingVideo('ms_GnvsHu.mov');
    await rig.api().videos[':id'].select.$post({ param: { id: own }, json: { best: true } });
    await rig.api().videos[':id'].select.$post({ param: { id }, json: { atSeconds: 1.5 } });
    await untilStage(rig.client.workflow.getHandle(own), 'COMPLETED', 60);
    assert.equal((await view()).video.stage, 'SELECTING', 'it waits for its machine');

    await other.start();
    await other.serveStudio(key);
    await untilStage(handle(), 'COMPLETED', 60);
    for (const deadline = Date.now() + 20_000; (await view()).unavailable; await sleep(200))
      assert.ok(Date.now() < deadline, 'it is noticed that the machine is back');
    assert.equal((await fetch(at('/thumbnail'))).headers.get('content-type'), 'image/jpeg');
  });

  test('a real program in a network of its own is found, shown, named while it is killed, and found again', async (t) => {
    const machine = await otherMachine();
    if (!machine) return t.skip('this machine has no network');
    t.after(() => machine[Symbol.dispose]());
    t.diagnostic(machine.kind);
    // The server listens on this machine only.
    const [address = ''] = networkAddresses(machine.interfaces);
    const relay = createServer((from) => {
      const to = connect(Number(rig.server.address.split(':')[1]), '127.0.0.1');
      from.pipe(to).pipe(from);
      for (const socket of [from, to]) socket.on('error', () => [from, to].map((each) => each.destroy()));
    });
    await new Promise<void>((listening) => relay.listen(0, address, listening));
    t.after(() => relay.close());
    const folder = path.join(rig.folder, 'machines', 'court-9');
    const settings = {
      TEMPORAL_ADDRESS: `${address}:${(relay.address() as AddressInfo).port}`,
      BADMINTON_DATA_DIR: folder,
      BADMINTON_MACHINES_KEY: key,
      ...Object.fromEntries(['MACHINES', 'STUDIO', 'LOCAL_YOUTUBE'].map((name) => [`BADMINTON_${name}_PORT`, '0'])),
    };
    const start = async () => {
      const program = startProgram(['up'], settings, { through: machine.named('court-9') });
      t.after(() => program.kill());
      await program.printed('Ready.');
      return program;
    };
    const program = await start();
    const name = machine.through.length > 0 ? 'court-9' : hostname();
    const file = await sampleRecording(path.join(folder, 'elsewhere'), 'ms_IanvsJo.mov');
    await copyFile(file, path.join(folder, 'input', path.basename(file)));
    id = /(video-[0-9a-f]{16}) {2}started/.exec(await program.printed(/video-[0-9a-f]{16} {2}started/))?.[1] ?? '';
    await untilStage(handle(), 'WAITING_FOR_SELECTION', 60);
    const { candidates, video } = await view();
    assert.equal(video.hostName, name);
    const { frame = '' } = candidates[0] ?? {};
    for (const address of [`/candidates/${frame}`, '/frames?at=1', `/preview?frame=${frame}`])
      assert.equal((await fetch(at(address))).status, 200, address);

    const { stdout, stderr } = await program.kill();
    const log = readFileSync(path.join(folder, 'logs', 'worker.log'), 'utf8');
    for (const said of [stdout, stderr, log]) assert.ok(!said.includes(key));
    assert.match((await view()).unavailable?.problem ?? '', new RegExp(`on ${name}, which does not answer`));
    await rig.api().videos[':id'].select.$post({ param: { id }, json: { best: true } });
    const again = await start();
    await untilStage(handle(), 'COMPLETED', 60);
    for (const deadline = Date.now() + 20_000; (await view()).unavailable; await sleep(200))
      assert.ok(Date.now() < deadline, 'it is noticed that the machine is back');
    await again.interrupt();
  });

  test('in no history and no memo is an address of a studio, or the key', async () => {
    const histories: string[] = [];
    for await (const { workflowId } of rig.client.workflow.list({ query: 'WorkflowType = "processVideoWorkflow"' }))
      histories.push(JSON.stringify(await rig.client.workflow.getHandle(workflowId).fetchHistory()));
    assert.ok(histories.length >= 2);
    const { machinesPort } = await other.serveStudio(key);
    for (const history of histories) {
      const text = [...history.matchAll(/"data":"([^"]+)"/g)]
        .map(([, data = '']) => Buffer.from(data, 'base64'))
        .join();
      assert.ok(!`${history}${text}`.includes(key));
      assert.ok(!`${history}${text}`.includes(`127.0.0.1:${machinesPort}`));
    }
  });
});
