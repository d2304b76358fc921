import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { blockedPorts } from '../../src/temporal/server/blocked-ports.ts';
import { openBrowser } from '../support/browser.ts';
import { treeOf } from '../support/children.ts';
import { listeningPorts } from '../support/listening-ports.ts';
import { freePort, type Program, runProgram, startProgram } from '../support/program.ts';
import { rawRequest } from '../support/raw-request.ts';
import { smallMatch } from '../support/small-match.ts';

/**
 * Of a gRPC port, the SETTINGS with which HTTP/2 begins (RFC 9113, 3.4): it hangs up on what is said next. Of the port for
 * other machines, an alert (RFC 5246, 7.2).
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is no text.
const refusal = /^$|^HTTP\/1.1 4\d\d |^\0\0.\x04\0|^\x15\x03/s;

describe('npm start, and the commands alongside it', () => {
  let folder: string;
  let settings: Record<string, string>;
  let program: Program;
  const badminton = (...args: string[]) => runProgram(args, settings);
  const json = async (...args: string[]) => JSON.parse((await badminton(...args, '--json')).stdout);

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'badminton-start-'));
    settings = {
      BADMINTON_DATA_DIR: folder,
      BADMINTON_TEMPORAL_PORT: String(await freePort()),
      BADMINTON_TEMPORAL_UI_PORT: String(await freePort()),
      BADMINTON_LOCAL_YOUTUBE_PORT: String(await freePort()),
      BADMINTON_STUDIO_PORT: String(await freePort()),
      BADMINTON_METRICS: `127.0.0.1:${await freePort()}`,
      BADMINTON_MACHINES_KEY: 'a key that the machines share, for a test',
      BADMINTON_MACHINES_PORT: String(await freePort()),
      BADMINTON_HEARTBEAT_TIMEOUT: '3s',
    };
    mkdirSync(path.join(folder, 'input'));
    program = startProgram(['up'], settings);
    await program.printed('Ready.');
  });
  after(async () => {
    await program.interrupt();
    rmSync(folder, { recursive: true, force: true });
  });

  it('serves the Temporal Web UI and the local YouTube where it says', async () => {
    const ui = await fetch(`http://127.0.0.1:${settings.BADMINTON_TEMPORAL_UI_PORT}/`);
    assert.equal(ui.status, 200);
    const youtube = await fetch(`http://127.0.0.1:${settings.BADMINTON_LOCAL_YOUTUBE_PORT}/`);
    assert.match(await youtube.text(), /REHEARSAL/);
  });

  it('says so when nothing is waiting', async () => {
    const { code, stdout } = await badminton('pending');
    assert.equal(code, 0);
    assert.match(stdout, /No video is waiting/);
  });

  it('picks a recording up once it has finished copying', async () => {
    const whole = readFileSync(await smallMatch(path.join(folder, 'elsewhere', 'x.mov'), { seed: 400 }));
    const target = path.join(folder, 'input', 'md_HuyzVietvsThezLeo_Friendly Game.mov');
    writeFileSync(target, whole.subarray(0, 30_000));
    await sleep(1200);
    assert.deepEqual((await json('list')).videos, []);
    appendFileSync(target, whole.subarray(30_000));
    await program.printed(/video-[0-9a-f]{16} {2}started/);
    const { videos } = await json('list');
    assert.equal(videos.length, 1);
    assert.equal(videos[0].recording, 'md_HuyzVietvsThezLeo_Friendly Game.mov');
  });

  it('says in its own terminal that a video is waiting for a person', async () => {
    await program.printed(/Friendly Game \(2026-11-21\) waits for you: npx badminton select video-[0-9a-f]{16}/);
  });

  it('gives nothing to a website that points its name at this machine, on any of its ports', async (t) => {
    const id = await waitingId();
    const before = await json('status', id);
    const ports = await openPorts();
    t.diagnostic(`ports: ${ports.join(' ')}`);
    const workflow = `/api/v1/namespaces/default/workflows/${id}`;
    const targets = [
      ...['GET /', 'GET /metrics', 'GET /api/videos', `GET /videos/${id}`, 'GET /api/v1/namespaces', `GET ${workflow}`],
      ...['GET /api/v1/namespaces/default/workflows', `GET ${workflow}/history`, `POST ${workflow}/terminate`],
      ...[`POST ${workflow}/cancel`, `POST /api/videos/${id}/cancel`],
    ];
    const evil = (port: number) => `evil.example:${port}`;
    const own = (port: number) => `localhost:${port}`;
    const attack = async (port: number, host: string, origin: string | undefined, target: string) => {
      const headers = [`host: ${host}`, 'content-type: application/json', ...(origin ? [`origin: ${origin}`] : [])];
      const said = await rawRequest(port, [`${target} HTTP/1.1`, ...headers], target.startsWith('POST') ? '{}' : '');
      const what = `${target} of ${host} from ${origin} was told ${said.slice(0, 200)}`;
      assert.doesNotMatch(said, /HuyzViet|Friendly Game|RUNNING/, what);
      // A page of another website may ask by our own name, and gets no answer that it could read.
      if (host === own(port) && target.startsWith('GET')) assert.doesNotMatch(said, /access-control-allow/i, what);
      else if (!blockedPorts.includes(port)) assert.match(said, refusal, what);
    };
    const attacks = ports.flatMap((port) =>
      (
        [
          [evil(port), `http://${evil(port)}`],
          [evil(port), undefined],
          [own(port), 'https://evil.example'],
          [own(port), 'null'],
        ] as const
      ).flatMap(([host, origin]) => targets.map((target) => attack(port, host, origin, target))),
    );
    await Promise.all(attacks);
    assert.deepEqual(await json('status', id), before);
  });

  it('cannot be reached by such a website from a browser', async (t) => {
    // What rebinding its name comes to.
    const browser = await openBrowser([], ['--host-resolver-rules=MAP evil.example 127.0.0.1']);
    t.after(() => browser.close());
    for (const port of await openPorts()) {
      const page = await browser.newPage();
      const answer = await page.goto(`http://evil.example:${port}/`).catch((error: Error) => error.message);
      if (blockedPorts.includes(port)) assert.match(String(answer), /ERR_UNSAFE_PORT/, String(port));
      else if (typeof answer !== 'string') assert.ok((answer?.status() ?? 0) >= 400, `${port}: ${answer?.status()}`);
    }
  });

  it('refuses the impossible, with a sentence and exit code 1, and changes nothing', async () => {
    const id = await waitingId();
    const before = await json('status', id);
    for (const args of [
      ['select', 'video-0000000000000000', '--best'],
      ['select', id, '--frame', '99'],
      ['select', id, '--at', '9999'],
      ['status', 'nothing-like-it'],
      ['retry', id],
      ['correct', id, '--date', '2026-02-30'],
    ]) {
      const { code, stderr, stdout } = await badminton(...args);
      assert.equal(code, 1, args.join(' '));
      assert.match(stderr, /\w+ .*\./, args.join(' '));
      assert.doesNotMatch(stderr, /\n\s+at /, 'no stack');
      assert.equal(stdout, '');
    }
    for (const args of [
      ['select'],
      ['select', id, '--at', 'soon'],
      ['unknown'],
      ['select', id, '--best', '--at', '1'],
    ]) {
      assert.equal((await badminton(...args)).code, 2, args.join(' '));
    }
    assert.deepEqual(await json('status', id), before);
  });

  it('is still waiting after Ctrl-C and a restart', async () => {
    const id = await waitingId();
    const { code } = await program.interrupt();
    assert.equal(code, 0);
    assert.match((await badminton('list')).stderr, /npm start/);
    program = startProgram(['up'], settings);
    await program.printed('Ready.');
    assert.equal(await waitingId(), id);
  });

  it('is adopted whole after being killed', async () => {
    const id = await waitingId();
    await program.kill();
    program = startProgram(['up'], settings);
    await program.printed('Ready.');
    assert.equal(await waitingId(), id);
  });

  it('refuses to run twice on one data folder', async () => {
    const { code, stderr } = await badminton('up');
    assert.equal(code, 1);
    assert.match(stderr, /already runs/);
  });

  it('takes a correction and a choice, and publishes', async () => {
    const id = await waitingId();
    const shown = await json('select', id);
    assert.equal(shown.candidates.length, 5);
    for (const { file } of shown.candidates) assert.ok(existsSync(file));
    const words = ['--teams', 'Huyền/Việt vs Thế/Leo', '--tournament', 'Sunday Open', '--date', '2026-11-19'];
    const corrected = await badminton('correct', id, ...words);
    assert.equal(corrected.code, 0, corrected.stderr);
    assert.match(corrected.stdout, /Huyền\/Việt vs Thế\/Leo \| Sunday Open \(2026-11-19\)/);
    const chosen = await badminton('select', id.slice(0, 11), '--frame', '2');
    assert.equal(chosen.code, 0, chosen.stderr);
    const followed = await badminton('status', id, '--watch', '--json');
    const status = JSON.parse(followed.stdout);
    assert.equal(status.stage, 'COMPLETED');
    assert.equal(status.rehearsal, true);
    await program.printed(`is published (REHEARSAL): ${status.watchUrl}`);
    const page = await (await fetch(status.watchUrl)).text();
    assert.match(page, /Huyền\/Việt vs Thế\/Leo \| Sunday Open \(2026-11-19\)/);
    assert.doesNotMatch(page, /2026-11-21/);
    const again = await badminton('select', id, '--best');
    assert.equal(again.code, 1);
  });

  it('reports the published video when the same content is started under a different name', async () => {
    const copy = await smallMatch(path.join(folder, 'elsewhere', 'md_AzBvsCzD.mov'), { seed: 400 });
    const { videos } = await json('start', copy);
    assert.equal(videos[0].kind, 'published');
    assert.match(videos[0].publication.watchUrl, /watch\?v=/);
  });

  it('finds nothing wrong', async () => {
    const { code, stdout } = await badminton('doctor');
    assert.equal(code, 0, stdout);
    assert.match(stdout, /Search attributes +registered/);
  });

  it('cancels', async () => {
    const file = await smallMatch(path.join(folder, 'elsewhere', 'ms_AnvsBo.mov'), { seed: 401 });
    await badminton('start', file);
    const id = await waitingId();
    const { code, stdout } = await badminton('cancel', id);
    assert.equal(code, 0);
    assert.match(stdout, /is cancelled/);
    assert.ok(existsSync(file));
    assert.equal((await badminton('cancel', id)).code, 1);
  });

  /** Those of the program and of all that it has started, with the Web UI in use. */
  async function openPorts(): Promise<number[]> {
    assert.equal((await fetch(`http://localhost:${settings.BADMINTON_TEMPORAL_UI_PORT}/`)).status, 200);
    const ports = listeningPorts(treeOf(program.process.pid as number));
    for (const name of ['TEMPORAL', 'TEMPORAL_UI', 'LOCAL_YOUTUBE', 'STUDIO', 'MACHINES']) {
      assert.ok(ports.includes(Number(settings[`BADMINTON_${name}_PORT`])), name);
    }
    assert.ok(ports.includes(Number(settings.BADMINTON_METRICS?.split(':')[1])), 'METRICS');
    assert.ok(ports.length > 8, `${ports}`);
    return ports;
  }

  async function waitingId(): Promise<string> {
    for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(300)) {
      const [video] = (await json('pending')).videos;
      if (video) return video.videoId;
    }
    throw new Error(`nothing waits: ${JSON.stringify(await json('list'))}`);
  }
});
