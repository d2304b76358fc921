import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { type FaultRule, scriptFaults } from '../../src/local-youtube/fault-rules.ts';
import { originOf } from '../../src/local-youtube/reasons.ts';
import type { LoggedRequest } from '../../src/local-youtube/request-log.ts';
import { knownReasons } from '../../src/youtube/error-catalogue.ts';
import { refusal, startClient } from './client.ts';

const request = { method: 'GET', path: '/youtube/v3/videos', call: 'videos.list', contentRange: undefined } as const;
const strikes = (rules: FaultRule[], count: number, seed?: number) => {
  const script = scriptFaults(rules, seed);
  return Array.from({ length: count }, (_, index) =>
    script({ ...request, number: index + 1 }) ? index + 1 : 0,
  ).filter(Boolean);
};
const drop = { kind: 'drop' } as const;

test('a rule strikes by call, method, path, count and chance', () => {
  assert.deepEqual(strikes([{ when: {}, fault: drop }], 3), [1, 2, 3]);
  assert.deepEqual(strikes([{ when: { nth: 2 }, fault: drop }], 4), [2]);
  assert.deepEqual(strikes([{ when: { nth: 2, times: 2 }, fault: drop }], 5), [2, 3]);
  assert.deepEqual(strikes([{ when: { times: 2 }, fault: drop }], 5), [1, 2]);
  assert.deepEqual(strikes([{ when: { call: 'videos.insert' }, fault: drop }], 3), []);
  assert.deepEqual(strikes([{ when: { method: 'POST' }, fault: drop }], 3), []);
  assert.deepEqual(strikes([{ when: { path: '/youtube/v3/videos', nth: 1 }, fault: drop }], 3), [1]);
  assert.deepEqual(strikes([{ when: { path: '/youtube/*', nth: 3 }, fault: drop }], 3), [3]);
  assert.deepEqual(strikes([{ when: { path: '/youtube' }, fault: drop }], 3), []);
});

test('chance is the same for the same seed, different for another, and strikes about as often as it says', () => {
  const rules: FaultRule[] = [{ when: { chance: 0.2 }, fault: drop }];
  assert.deepEqual(strikes(rules, 1000, 7), strikes(rules, 1000, 7));
  assert.notDeepEqual(strikes(rules, 1000, 7), strikes(rules, 1000, 8));
  const count = strikes(rules, 1000, 7).length;
  assert.ok(count > 150 && count < 250, String(count));
});

test('every reason in the error catalogue can be requested by name alone', async (t) => {
  let reason = '';
  const faults = () => ({ kind: 'answer', reason }) as const;
  const { api, at } = await startClient(t, { faults });
  for (const known of knownReasons) {
    const [name = '', domain] = known.split(':').toReversed();
    reason = name;
    const [status, answered, origin] = await refusal(api.videos.list({ id: ['x'], part: ['id'] }, at));
    assert.equal(answered, name);
    assert.ok(originOf(name), `${name} is not in the tables`);
    assert.equal(status, originOf(name)?.status);
    if (domain === undefined) assert.equal(origin, originOf(name)?.domain);
  }
});

test('a reason with a different domain and status; an error in the middle of a body', async (t) => {
  const faults = scriptFaults([
    {
      when: { call: 'thumbnails.set' },
      fault: { kind: 'answer', reason: 'forbidden', domain: 'youtube.thumbnail', status: 403, afterBytes: 3 },
    },
    { when: { call: 'videos.insert', nth: 1 }, fault: { kind: 'drop', afterBytes: 100 } },
  ]);
  const { api, at, insert, server, log } = await startClient(t, { faults });
  const media = { mimeType: 'image/jpeg', body: Buffer.from([0xff, 0xd8, 0xff, 0, 0, 0]) };
  const forbidden = await refusal(api.thumbnails.set({ videoId: 'x', media }, at));
  assert.deepEqual(forbidden, [403, 'forbidden', 'youtube.thumbnail']);
  await assert.rejects(insert());
  assert.equal(server.spent().uploads, 0, 'a request that never arrived costs nothing');
  await insert();
  assert.deepEqual(
    log.map(({ call, status, fault }) => [call, status, fault]),
    [
      ['thumbnails.set', 403, 'answer'],
      ['videos.insert', 0, 'drop'],
      ['videos.insert', 200, undefined],
    ],
  );
});

test('rehearsal.json takes effect while the server runs, and its mistakes are reported', async (t) => {
  const { api, at, insert, video, folder, server } = await startClient(t, { processingMs: 3_600_000 });
  const file = path.join(folder, 'rehearsal.json');
  const ask = () => api.channels.list({ mine: true, part: ['id'] }, at);
  const page = async () => (await fetch(server.url)).text();
  await ask();

  const fault = { kind: 'answer', reason: 'quotaExceeded' };
  await writeFile(file, JSON.stringify({ faults: [{ when: { call: 'channels.list', nth: 2 }, fault }] }));
  await ask();
  assert.equal((await refusal(ask()))[1], 'quotaExceeded');
  await ask();

  await writeFile(file, JSON.stringify({ processingSeconds: 0, outcome: { status: 'failed', reason: 'codec' } }));
  assert.equal((await video(await insert())).status?.failureReason, 'codec');
  await writeFile(file, JSON.stringify({ quota: { uploads: 1 } }));
  assert.equal((await refusal(insert()))[1], 'quotaExceeded');
  await writeFile(file, JSON.stringify({ quota: { uploads: 1 }, clockAheadSeconds: 86_400 }));
  await insert();

  for (const wrong of [
    '{',
    '{"fault": []}',
    '{"faults": [{"when": {}, "fault": {"kind": "answer", "reason": "nonsense"}}]}',
  ]) {
    await writeFile(file, wrong);
    assert.deepEqual(await refusal(ask()), [500, 'backendError', 'global'], wrong);
    assert.match(await page(), /rehearsal\.json/);
  }
  await rm(file);
  await ask();
  assert.doesNotMatch(await page(), /rehearsal\.json/);
});

test('the example in the documentation is understood', async (t) => {
  const { api, at, folder } = await startClient(t);
  const guide = await readFile(new URL('../../docs/youtube.md', import.meta.url), 'utf8');
  const example = /```json\n(\{\n {2}"processingSeconds"[^`]+)```/.exec(guide)?.[1] ?? assert.fail('no example');
  await writeFile(path.join(folder, 'rehearsal.json'), example);
  await api.channels.list({ mine: true, part: ['id'] }, at);
});

test('the log on disk names every request but no secret', async (t) => {
  const client = await startClient(t);
  await client.insert();
  await fetch(`${client.server.url}watch?v=secret-query`);
  await client.server.close();
  const lines = (await readFile(path.join(client.folder, 'requests.jsonl'), 'utf8')).trim().split('\n');
  const logged = lines.map((line) => JSON.parse(line) as LoggedRequest);
  assert.deepEqual(
    logged.map(({ number, method, path: asked, call, status }) => [number, method, asked, call, status]),
    [
      [1, 'POST', '/upload/youtube/v3/videos', 'videos.insert', 200],
      [2, 'GET', '/watch', undefined, 404],
    ],
  );
  assert.doesNotMatch(lines.join(), /Bearer|upload_id|secret-query/);
});
