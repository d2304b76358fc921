import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import test, { after, before, describe } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { keptFile } from '../../src/app/settings/kept.ts';
import { asking, machineName } from '../../src/studio/server/machines/trust.ts';
import { askAsMachine, replay, wireTap } from './machine-attacks.ts';
import { type StudioRig, startStudioRig } from './studio-rig.ts';

let rig: StudioRig;
let id: string;

interface Wishes {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

/** At a lower level than `fetch`, which forbids forging what an attacker would forge. */
function ask(target: string, { method = 'GET', headers = {}, body }: Wishes = {}) {
  const { port, host } = new URL(rig.studio.url);
  return new Promise<{ status: number; headers: Record<string, unknown>; text: string }>((resolve, reject) => {
    const asked = request(
      // A separate connection: the server cuts one whose request was refused unread.
      { host: '127.0.0.1', port, path: target, method, agent: false, headers: { host, ...headers } },
      (answer) => {
        let text = '';
        answer.setEncoding('latin1').on('data', (part) => {
          text += part;
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
      },
    );
    asked.once('error', reject);
    asked.end(body);
  });
}

const key = 'a key that the machines share, for a test only';
const json = { 'content-type': 'application/json' };

/** A PNG that states these sizes, and holds hardly anything. */
async function pngOf(width: number, height: number): Promise<Buffer> {
  const png = await sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
  return png;
}

describe('the studio, attacked', () => {
  before(async () => {
    rig = await startStudioRig({ settings: { BADMINTON_MACHINES_KEY: key, BADMINTON_MACHINES_PORT: '0' } });
    id = await rig.waitingVideo();
  });
  after(() => rig.close());

  test('DNS rebinding: it answers only to its own names', async () => {
    for (const host of ['evil.example', 'evil.example:80', '192.168.0.7', 'localhost.evil.example']) {
      assert.equal((await ask('/api/videos', { headers: { host } })).status, 421, host);
      assert.equal((await ask('/', { headers: { host } })).status, 421, host);
    }
    assert.equal((await ask('/api/videos', { headers: { host: '127.0.0.1' } })).status, 200);
  });

  test('cross-site posts: another site changes nothing, whichever way its browser says where it comes from', async () => {
    const select = `/api/videos/${id}/select`;
    const body = '{"best":true}';
    const { host, port } = new URL(rig.studio.url);
    for (const headers of [
      { ...json, origin: 'https://evil.example' },
      { ...json, origin: 'null' },
      { ...json, origin: `http://localhost:${Number(port) + 1}` },
      { ...json, origin: `https://${host}.evil.example` },
      { ...json, 'sec-fetch-site': 'cross-site' },
      { ...json, 'sec-fetch-site': 'same-site' },
      // A form on another site can send text without asking first.
      { 'content-type': 'text/plain', origin: 'https://evil.example' },
    ]) {
      const { status } = await ask(select, { method: 'POST', headers: headers as Record<string, string>, body });
      assert.equal(status, 403, JSON.stringify(headers));
    }
    const { stage, choice } = await (await rig.api().videos[':id'].status.$get({ param: { id } })).json();
    assert.equal(stage, 'WAITING_FOR_SELECTION');
    assert.equal(choice, undefined);
  });

  test('a refusal is a page where the browser asked for one, and JSON otherwise', async () => {
    const evil = { host: 'evil.example', origin: 'null' };
    for (const [target, headers, status] of [
      ['/', { host: evil.host }, 421],
      ['/board', { origin: evil.origin }, 403],
      ['/nowhere', {}, 404],
      ['/api/videos/video-ffffffffffffffff', {}, 404],
    ] as const) {
      const page = await ask(target, { headers: { ...headers, accept: 'text/html,*/*;q=0.8' } as never });
      assert.deepEqual([page.status, page.headers['content-type']], [status, 'text/html; charset=UTF-8'], target);
      assert.match(page.text, /<h1>That did not work<\/h1><p>[A-Z].*\.<\/p>/, target);
      const answer = await ask(target, { headers: { ...headers, accept: '*/*' } as never });
      assert.equal(answer.status, status);
      assert.match(JSON.parse(answer.text).problem, /\.$/);
    }
  });

  test('another site cannot read either, and may only link to a page', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' };
    assert.equal((await ask(`/api/videos/${id}/picture`, { headers })).status, 403);
    assert.equal(
      (await ask('/board', { headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' } })).status,
      200,
    );
    const { headers: answered } = await ask('/api/videos');
    assert.equal(answered['access-control-allow-origin'], undefined);
    assert.equal(answered['cross-origin-resource-policy'], 'same-origin');
  });

  test('a strict Content-Security-Policy, no framing, no sniffing, no referrer for other sites', async () => {
    const { headers } = await ask('/');
    const policy = String(headers['content-security-policy']);
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /script-src 'self'(;|$)/);
    assert.match(policy, /style-src 'self'(;|$)/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe|\*/);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['referrer-policy'], 'same-origin');
  });

  test('no path in a request reaches the file system', async () => {
    writeFileSync(path.join(rig.folder, 'secret.txt'), 'secret');
    const candidates = path.join(rig.store.workspaceRoot, id, 'candidates');
    symlinkSync(path.join(rig.folder, 'secret.txt'), path.join(candidates, 'frame-9.jpg'));
    mkdirSync(path.join(rig.store.workspaceRoot, 'video-ffffffffffffffff'));
    for (const name of [
      '../prepared.json',
      '..%2Fprepared.json',
      '%2e%2e%2fprepared.json',
      '..%5cprepared.json',
      '%2Fetc%2Fpasswd',
      'frame-9.jpg',
      'frame-9.jpg%00.jpg',
      '.',
    ]) {
      const { status, text } = await ask(`/api/videos/${id}/candidates/${name}`);
      assert.ok([400, 404].includes(status), `${name}: ${status}`);
      assert.doesNotMatch(text, /secret|fingerprint|root:/);
    }
    for (const video of [
      '..',
      '..%2F..%2Fetc',
      'video-ffffffffffffffff',
      `${id}%2F..`,
      `${id}%00`,
      '%27%20OR%201=1',
      'x'.repeat(500),
    ]) {
      for (const what of ['picture', 'thumbnail', 'recording', 'frames?at=1', 'preview?frame=a.jpg']) {
        const { status } = await ask(`/api/videos/${video}/${what}`);
        assert.ok(status >= 400 && status < 500, `${video} ${what}: ${status}`);
      }
    }
  });

  test('a dropped file lands in the input folder and nowhere else', async () => {
    const put = (name: string, body = 'x') =>
      ask(`/api/recordings/${name}`, { method: 'PUT', body, headers: { 'content-length': String(body.length) } });
    for (const name of [
      '..%2Fevil.mov',
      '..%2F..%2Fevil.mov',
      '.hidden.mov',
      'evil.sh',
      'a%00.mov',
      'a%0A.mov',
      'a%5Cb.mov',
      `${'x'.repeat(300)}.mov`,
    ]) {
      assert.equal((await put(name)).status, 400, name);
    }
    assert.equal((await put('ms_AvsB.mov', '')).status, 400, 'empty');
    for (const name of ['..%2Fbadminton.db', '%2Fetc%2Fpasswd', '..%2F..', 'none.mov']) {
      for (const [what, body] of [
        ['rename', '{"to":"ms_AvsB.mov"}'],
        ['put-aside', '{}'],
      ] as const) {
        const { status } = await ask(`/api/recordings/${name}/${what}`, { method: 'POST', headers: json, body });
        assert.equal(status, 404, `${what} ${name}`);
      }
      assert.equal((await ask(`/api/recordings/${name}/picture`)).status, 404, `picture ${name}`);
    }
    writeFileSync(path.join(rig.config.INPUT_DIR, 'ms_QvsR.mov'), 'x');
    for (const to of ['../ms_QvsR.mov', '/tmp/ms_QvsR.mov', '.hidden.mov', 'evil.sh']) {
      const body = JSON.stringify({ to });
      const { status } = await ask('/api/recordings/ms_QvsR.mov/rename', { method: 'POST', headers: json, body });
      assert.equal(status, 400, to);
    }
    const started = await ask('/api/recordings/start', {
      method: 'POST',
      headers: json,
      body: '{"names":["../badminton.db","/etc/passwd"]}',
    });
    assert.match(started.text, /no such recording.*no such recording/s);
  });

  test('an upload in pieces: no other site may send, read or remove one; no name and no id leads elsewhere', async () => {
    const digest = 'a'.repeat(64);
    const begin = (wish: object, headers = {}) =>
      ask('/api/uploads', { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(wish) });
    const wish = { name: 'ms_AvsB_Pieces.mov', bytes: 10, digest };
    const foreign = { origin: 'https://evil.example' };
    assert.equal((await begin(wish, foreign)).status, 403);
    const { status, text } = await begin(wish);
    assert.equal(status, 200);
    const { id: upload } = JSON.parse(text) as { id: string };
    const piece = (target: string, headers: Record<string, string> = {}, body = 'xxxxx') =>
      ask(target, { method: 'PATCH', body, headers: { 'upload-offset': '0', ...headers } });
    const address = `/api/uploads/${upload}`;
    assert.equal((await piece(address, foreign)).status, 403);
    assert.equal((await ask(address, { method: 'DELETE', headers: foreign })).status, 403);
    assert.equal((await ask('/api/uploads', { headers: { 'sec-fetch-site': 'cross-site' } })).status, 403);
    for (const offset of ['-1', '1e3', 'x', '']) {
      assert.equal((await piece(address, { 'upload-offset': offset })).status, 400, offset);
    }
    assert.equal((await piece(address, { 'content-length': String(33 * 1024 ** 2) }, '')).status, 413);
    assert.equal((await piece(address, {}, 'x'.repeat(11))).status, 413, 'beyond its end');
    for (const name of ['../evil.mov', '/etc/evil.mov', '.hidden.mov', 'evil.sh', 'a\u0000.mov', 'a\\b.mov']) {
      assert.equal((await begin({ ...wish, name })).status, 400, name);
    }
    assert.equal((await begin({ ...wish, bytes: 2 ** 50 })).status, 507);
    const ending = (headers: Record<string, string>, corrections: unknown) =>
      ask(`${address}/finish`, {
        method: 'POST',
        headers: { ...json, ...headers },
        body: JSON.stringify({ corrections }),
      });
    assert.equal((await ending(foreign, {})).status, 403);
    assert.equal((await ending({}, 'md')).status, 400);
    assert.equal((await ending({}, { title: '<' })).status, 422);
    assert.equal((await ask(`${address}/picture`, { headers: { 'sec-fetch-site': 'cross-site' } })).status, 403);
    for (const other of ['..', '..%2F..%2Fbadminton', '%2Fetc%2Fpasswd', `${upload}%00`, `${upload}.part`]) {
      for (const method of ['GET', 'DELETE']) {
        const refused = await ask(`/api/uploads/${other}`, { method });
        assert.equal(refused.status, 404, `${method} ${other}`);
      }
      assert.equal((await ask(`/api/uploads/${other}/picture`)).status, 404, `picture of ${other}`);
      assert.equal((await piece(`/api/uploads/${other}`)).status, 404, other);
    }
    const finish = await ask(`${address}/finish`, { method: 'POST', headers: json, body: '{}' });
    assert.equal(finish.status, 409, 'half a recording never appears');
    assert.equal((await ask(address, { method: 'DELETE' })).status, 200);
  });

  test('settings: no other site sees or changes them; no secret is shown; what is no change is refused', async () => {
    const foreign = { origin: 'https://evil.example' };
    const change = (changes: unknown, headers: Record<string, string> = {}) =>
      ask('/api/settings', { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify({ changes }) });
    const own = { BADMINTON_CLUB_NAME: 'Evil' };
    assert.equal((await change(own, foreign)).status, 403);
    assert.equal((await ask('/api/settings', { headers: { 'sec-fetch-site': 'cross-site' } })).status, 403);
    for (const [method, target] of [
      ['PUT', 'logo'],
      ['DELETE', 'logo'],
      ['POST', 'test-notice'],
      ['POST', 'restart'],
    ] as const)
      assert.equal((await ask(`/api/settings/${target}`, { method, headers: foreign })).status, 403, target);
    for (const headers of [foreign, { 'sec-fetch-site': 'cross-site' }])
      assert.equal(
        (await ask('/api/network', { method: 'POST', headers: headers as Record<string, string> })).status,
        403,
      );
    assert.match((await ask('/api/network')).text, /"isOpen":false/, 'no site puts the studio on the network');
    for (const target of ['target', 'rehearsed/quote', 'rehearsed/publish']) {
      const body = JSON.stringify({ to: 'local', channelId: 'x' });
      const sent = { method: 'POST', headers: { ...json, ...foreign }, body };
      assert.equal((await ask(`/api/${target}`, sent)).status, 403, target);
    }
    for (const body of ['{}', '{"to":"mars"}', '{"to":"youtube"}', '{"to":"local","x":1}'])
      assert.equal((await ask('/api/target', { method: 'POST', headers: json, body })).status, 400, body);
    for (const videoIds of [undefined, [], ['../../etc'], [`video-${'0'.repeat(17)}`], 'all']) {
      const body = JSON.stringify({ videoIds, channelId: 'x' });
      assert.equal((await ask('/api/rehearsed/publish', { method: 'POST', headers: json, body })).status, 400, body);
    }
    for (const wrong of [null, 'x', [], { BADMINTON_TOP_N: 7 }, { BADMINTON_TOP_N: { $: 1 } }])
      assert.equal((await change(wrong)).status, 400, JSON.stringify(wrong));
    assert.ok((await change(JSON.parse('{"__proto__":"x"}'))).status < 500);
    for (const name of ['constructor', 'PATH', 'BADMINTON_', 'BADMINTON_toString', 'NODE_OPTIONS']) {
      const { status, text } = await change(JSON.parse(`{"${name}":"x"}`));
      assert.ok([400, 422].includes(status), `${name}: ${status} ${text}`);
    }
    const large = await change({ BADMINTON_CLUB_NAME: 'x'.repeat(100_000) });
    assert.equal(large.status, 413);
    for (const value of ['a\nBADMINTON_NOTIFY_COMMAND=true', '\u0000', 'a\u001b[2J'])
      assert.equal((await change({ BADMINTON_CLUB_NAME: value })).status, 422, JSON.stringify(value));
    const hook = 'https://example.org/s3cret';
    assert.equal((await change({ BADMINTON_NOTIFY_WEBHOOK: hook })).status, 200);
    for (const target of ['/api/settings', '/api/about'])
      assert.doesNotMatch((await ask(target)).text, /s3cret/, target);
    const { text } = await change({ BADMINTON_NOTIFY_WEBHOOK: 'http://10.0.0.1/s3cret' });
    assert.match(text, /must not lead to this machine or its network/);
    assert.doesNotMatch(text, /s3cret/);
    assert.equal((await change({ BADMINTON_NOTIFY_WEBHOOK: null })).status, 200);
    assert.doesNotMatch(readFileSync(keptFile(rig.folder), 'utf8'), /Evil|COMMAND|proto/);
    for (const draft of ['template=..%2F..%2Fx', 'theme=..%2Fx', `clubName=${'x'.repeat(41)}`])
      assert.ok([400, 422].includes((await ask(`/api/settings/preview?${draft}`)).status), draft);
  });

  test('the first start: no other site sees or ends it, and only its own words are kept', async () => {
    const keep = (state: unknown, headers: Record<string, string> = {}) =>
      ask('/api/first-start', { method: 'PUT', headers: { ...json, ...headers }, body: JSON.stringify({ state }) });
    for (const foreign of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
      const headers = foreign as Record<string, string>;
      assert.equal((await keep('left', headers)).status, 403);
      assert.equal((await ask('/api/first-start/sample', { method: 'POST', headers })).status, 403);
    }
    assert.equal(JSON.parse((await ask('/api/first-start/sample')).text).state, 'none', 'nothing is drawn');
    assert.equal((await ask('/api/first-start', { headers: { 'sec-fetch-site': 'cross-site' } })).status, 403);
    for (const wrong of [undefined, 'due', 7, '../left', { $: 1 }])
      assert.equal((await keep(wrong)).status, 400, JSON.stringify(wrong));
    assert.equal((await keep('x'.repeat(100_000))).status, 413);
    assert.equal(existsSync(path.join(rig.folder, 'first-start.json')), false);
    for (const step of ['..%2F..%2Fx', '<script>', 'x'.repeat(2000)])
      assert.doesNotMatch((await ask(`/first-start/${encodeURIComponent(step)}`)).text, /<script>|\.\.|xxx/, step);
  });

  test('the sign-in: no other site touches it, and a client file that would send it elsewhere is refused', async () => {
    const file = path.join(rig.folder, 'youtube-client.json');
    const put = (body: string) =>
      ask('/api/youtube/client', {
        method: 'PUT',
        body,
        headers: { 'content-length': String(Buffer.byteLength(body)) },
      });
    for (const [method, target] of [
      ['GET', ''],
      ['PUT', '/client'],
      ['POST', '/sign-in'],
      ['POST', '/sign-in/answer'],
      ['DELETE', '/sign-in/pending'],
      ['DELETE', '/sign-in'],
    ] as const) {
      const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
      assert.equal((await ask(`/api/youtube${target}`, { method, headers: foreign })).status, 403, target);
    }
    const client = (changes: object) =>
      JSON.stringify({ installed: { client_id: 'id', client_secret: 's3cret', ...changes } });
    const wrong: readonly (readonly [string, RegExp])[] = [
      ['', /not JSON/],
      ['<html>', /not JSON/],
      ['[]', /not the client/],
      ['{"web":{}}', /Web application/],
      ['{"type":"service_account"}', /service account/],
      ['{"refresh_token":"x"}', /is a sign-in/],
      [client({ client_id: 7 }), /not complete/],
      [client({ auth_uri: 'http://evil.example/' }), /not complete/],
      [client({ auth_uri: 'javascript:alert(1)' }), /not complete/],
      [client({ auth_uri: 'https://evil.example/' }), /elsewhere than to Google/],
      [client({ token_uri: 'https://accounts.google.com.evil.example/token' }), /elsewhere than to Google/],
      [client({ token_uri: 'http://127.0.0.1:1/token' }), /elsewhere than to Google/],
    ];
    for (const [body, problem] of wrong) {
      const { status, text } = await put(body);
      assert.equal(status, 422, body);
      assert.match(text, problem);
      assert.doesNotMatch(text, /s3cret/);
    }
    assert.equal((await put('x'.repeat(100_000))).status, 413);
    assert.ok(!existsSync(file));
    const kept = await put(client({ project_id: '../x', redirect_uris: ['http://evil.example'] }));
    assert.equal(kept.status, 200);
    assert.doesNotMatch(kept.text, /s3cret/);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.deepEqual(Object.keys(JSON.parse(readFileSync(file, 'utf8')).installed).sort(), [
      'auth_uri',
      'client_id',
      'client_secret',
      'token_uri',
    ]);
    rmSync(file);
  });

  test('an uploaded logo is hostile until it has been drawn anew', async () => {
    const put = (body: Buffer | string) =>
      ask('/api/settings/logo', {
        method: 'PUT',
        body,
        headers: { 'content-length': String(Buffer.byteLength(body)) },
      });
    const svg = (inside: string, attributes = '') =>
      `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="64" height="64" ${attributes}><rect width="9" height="9"/>${inside}</svg>`;
    const pixel = { create: { width: 1, height: 1, channels: 4, background: '#0000' } } as const;
    const hostile: [string, Buffer | string, number][] = [
      ['nothing', '', 422],
      ['text', 'hello', 422],
      ['a page', '<html><svg></svg></html>', 422],
      [
        'half a PNG',
        (
          await sharp({ create: { ...pixel.create, width: 900, height: 900 } })
            .png()
            .toBuffer()
        ).subarray(0, 60),
        422,
      ],
      ['only the beginning of a PNG', Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'), 422],
      ['fully transparent', await sharp(pixel).png().toBuffer(), 422],
      ['30,000 × 30,000', await pngOf(30_000, 30_000), 422],
      ['30,000 × 30,000 as an SVG', svg('').replaceAll('"64"', '"30000"'), 422],
      ['a GIF', await sharp(pixel).gif().toBuffer(), 422],
      ['a TIFF', await sharp(pixel).tiff().toBuffer(), 422],
      ['more than 2 MB', Buffer.alloc(2_000_001, 'x'), 413],
      ['a script', svg('<script>alert(1)</script>'), 422],
      ['a script by another prefix', svg('<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>'), 422],
      ['a handler', svg('', 'onload="alert(1)"'), 422],
      ['a link that runs', svg('<a xlink:href="javascript:alert(1)"><rect/></a>'), 422],
      ['a foreign object', svg('<foreignObject><body/></foreignObject>'), 422],
      ['a picture elsewhere', svg('<image href="http://127.0.0.1:1/x.png" width="9" height="9"/>'), 422],
      ['a file', svg(`<image xlink:href="file://${path.join(rig.folder, 'secret.txt')}" width="9" height="9"/>`), 422],
      ['an embedded picture', svg('<image href="data:image/png;base64,AAAA" width="9" height="9"/>'), 422],
      ['a reference in disguise', svg('<image href="&#104;ttp://127.0.0.1:1/x.png" width="9" height="9"/>'), 422],
      ['a style elsewhere', svg('<style>@import "http://127.0.0.1:1/x.css";</style>'), 422],
      ['a style in disguise', svg('<style>@\\69mport "http://127.0.0.1:1/x.css";</style>'), 422],
      ['a paint elsewhere', svg('<rect fill="url(http://127.0.0.1:1/x.svg#a)"/>'), 422],
      ['entities', `<!DOCTYPE svg [<!ENTITY a "b">]>${svg('&a;')}`, 422],
      ['UTF-16', Buffer.from(`\ufeff${svg('')}`, 'utf16le'), 422],
      [
        'a plain SVG',
        svg('<defs><linearGradient id="a"/></defs><rect width="9" height="9" fill="url(#a)"/><use href="#a"/>'),
        200,
      ],
    ];
    for (const [what, body, status] of hostile) {
      const { text, ...answer } = await put(body);
      assert.equal(answer.status, status, `${what}: ${text}`);
      assert.doesNotMatch(text, /node_modules|\.ts:|root:/);
    }
    const logos = readdirSync(path.join(rig.folder, 'studio')).filter((name) => name.startsWith('logo-'));
    assert.ok(logos.length <= 2, 'old ones are removed');
    for (const name of logos) {
      const { format, width = 0, height = 0 } = await sharp(path.join(rig.folder, 'studio', name)).metadata();
      assert.equal(format, 'png');
      assert.ok(Math.max(width, height) <= 1024);
    }
    assert.equal((await ask('/api/settings/logo', { method: 'DELETE' })).status, 200);
  });

  test('what is published: no other site reads it, no path leads out of it, and only what is listed has a picture', async () => {
    writeFileSync(path.join(rig.store.workspaceRoot, id, 'thumbnail.jpg'), 'secret');
    for (const target of ['', '/csv', `/${id}/picture`]) {
      const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' };
      assert.equal((await ask(`/api/published${target}`, { headers })).status, 403, target);
      assert.equal((await ask(`/api/published${target}`, { headers: { host: 'evil.example' } })).status, 421, target);
    }
    for (const name of [
      id,
      '..',
      '..%2F..%2Fsecret.txt',
      `${id}%2F..`,
      `${id}%00`,
      'video-ffffffffffffffff',
      'x'.repeat(500),
    ]) {
      const { status, text } = await ask(`/api/published/${name}/picture`);
      assert.equal(status, 404, name);
      assert.doesNotMatch(text, /secret|root:/);
    }
    for (const query of ['month=2026', 'month=x', 'day=2026-02-30', 'day=..%2F', `search=${'x'.repeat(201)}`]) {
      for (const target of ['', '/csv'])
        assert.equal((await ask(`/api/published${target}?${query}`)).status, 400, query);
    }
    assert.equal((await ask('/api/published/csv?search=%0d%0aset-cookie:a=b')).headers['set-cookie'], undefined);
  });

  test('limits: bodies, streams, sizes of pictures', async () => {
    const large = JSON.stringify({ title: 'x'.repeat(100_000) });
    assert.equal((await ask(`/api/videos/${id}/correct`, { method: 'POST', headers: json, body: large })).status, 413);
    const revise = (body: string, headers: Record<string, string> = json) =>
      ask(`/api/videos/${id}/revision`, { method: 'POST', headers, body });
    assert.equal((await revise(large)).status, 413);
    for (const body of ['{"revision":{"titel":"x"}}', '{"revision":{"title":"<b>"}}', '{"hostId":"x"}', '[]', '{']) {
      assert.equal((await revise(body)).status, 400, body);
    }
    assert.equal((await revise('{}', { ...json, origin: 'https://evil.example' })).status, 403);
    assert.equal((await revise('{}', { 'content-type': 'text/plain', 'sec-fetch-site': 'cross-site' })).status, 403);
    assert.equal((await ask(`/api/videos/${id.slice(0, -1)}/revision`)).status, 404);
    assert.equal((await ask(`/api/videos/${id}/revision`)).text, '{"outcome":"none"}', 'nothing was started');
    assert.equal((await ask(`/api/videos/${id}/picture?width=100000`)).status, 400);
    assert.equal((await ask(`/api/videos/${id}/frames?at=-1`)).status, 400);
    const huge = { 'content-length': String(2 ** 50), expect: '100-continue' };
    assert.equal((await ask('/api/recordings/ms_AvsB.mov', { method: 'PUT', headers: huge })).status, 507);
    const ending = new AbortController();
    const open = () => fetch(new URL('/api/events', rig.studio.url), { signal: ending.signal });
    const streams = await Promise.all(Array.from({ length: 32 }, open));
    assert.equal((await open()).status, 429);
    // Looked at last: fetch closes the connection of an answer that has been collected as garbage.
    assert.ok(streams.every(({ status }) => status === 200));
    ending.abort();
  });

  test('the port for other machines: only one that knows the key is heard, and only about what it may see', async () => {
    const port = rig.studio.machinesPort ?? assert.fail();
    const trusted = asking(key, 'b0b0b0b0', rig.hostId);
    const host = machineName(rig.hostId);
    const video = `/api/videos/${id}`;
    const { hostname } = new URL(rig.studio.url);
    const post = { method: 'POST', headers: { host, ...json }, body: '{}' };
    const { pskCallback: _, ...withoutKey } = trusted;
    const table = [
      ['one that knows the key', trusted, video, { headers: { host } }, 200],
      ['one with another key', asking(key.replace('a', 'b'), 'b0b0b0b0', rig.hostId), video, { headers: { host } }, 0],
      ['one without a key', { ciphers: 'DEFAULT', checkServerIdentity: () => undefined }, video, {}, 0],
      ['one that has only the ciphers', withoutKey, video, { headers: { host } }, 0],
      ['what proves a key to another machine', asking(key, 'b0b0b0b0', 'c0c0c0c0'), video, { headers: { host } }, 0],
      [
        'a proof under a strange name',
        { ...trusted, pskCallback: () => ({ ...trusted.pskCallback(), identity: 'x'.repeat(100) }) },
        ...[video, { headers: { host } }, 0],
      ],
      ['a foreign Host', trusted, video, { headers: { host: 'evil.example' } }, 421],
      ['the name of the studio', trusted, video, { headers: { host: hostname } }, 421],
      ['another website', trusted, video, { headers: { host, origin: 'https://evil.example' } }, 403],
      ['too large a body', trusted, `${video}/metadata`, { ...post, body: 'x'.repeat(100_000) }, 413],
      ['a check of texts', trusted, `${video}/metadata`, post, 200],
      ...['select', 'undo', 'correct', 'retry', 'cancel', 'start'].map(
        (what) => [what, trusted, `${video}/${what}`, post, 404] as const,
      ),
      ...[
        ...[
          '/',
          '/board',
          '/pair',
          '/assets/studio.js',
          '/api/about',
          '/api/videos',
          '/api/events',
          '/api/devices',
          '/api/published',
        ],
        ...[
          '/api/recordings',
          '/api/uploads',
          `${video}/status`,
          '/api/videos/..%2F..%2Fetc',
          `${video}/candidates/..%2F`,
        ],
      ].map((target) => [target, trusted, target, { headers: { host } }, 404] as const),
      ...[`/api/recordings/start`, '/api/pairing-link', '/api/uploads', '/pair'].map(
        (target) => [target, trusted, target, post, 404] as const,
      ),
    ] as const;
    for (const [what, trust, target, wishes, status] of table) {
      const said = await askAsMachine(port, trust as typeof trusted, target as string, wishes as object);
      assert.equal(said.status, status, `${what}: ${said.text}`);
      assert.ok(!said.text.includes(key), what);
    }
    const { stage } = await (await rig.api().videos[':id'].status.$get({ param: { id } })).json();
    assert.equal(stage, 'WAITING_FOR_SELECTION');
  });

  test('what was heard on the network between two machines is of no use later, and shows nothing', async (t) => {
    const port = rig.studio.machinesPort ?? assert.fail();
    const tap = await wireTap(port);
    t.after(() => tap.close());
    const trusted = asking(key, 'b0b0b0b0', rig.hostId);
    const headers = { host: machineName(rig.hostId) };
    const { status, text } = await askAsMachine(tap.port, trusted, `/api/videos/${id}`, { headers });
    assert.deepEqual([status, JSON.parse(text).video.videoId], [200, id]);
    const heard = tap.heard();
    assert.ok(!heard.includes(id) && !heard.includes(key));
    const kinds = await replay(port, heard);
    assert.deepEqual([kinds.includes(22), kinds.includes(23), kinds.at(-1)], [true, false, 21], `${kinds}`);
  });

  test('half an id is nobody’s video: it cancels nothing', async () => {
    for (const half of ['video', 'v', id.slice(0, -1)]) {
      const { status } = await ask(`/api/videos/${half}/cancel`, { method: 'POST', headers: json, body: '{}' });
      assert.equal(status, 404, half);
    }
    const { stage } = await (await rig.api().videos[':id'].status.$get({ param: { id } })).json();
    assert.equal(stage, 'WAITING_FOR_SELECTION');
  });

  test('a sender that goes silent is cut off, and leaves nothing behind', async (t) => {
    const own = await startStudioRig({ studio: { silentFor: 300 } });
    t.after(() => own.close());
    const { port, host } = new URL(own.studio.url);
    const stalled = request({
      ...{ host: '127.0.0.1', port, path: '/api/recordings/ms_XvsY.mov', method: 'PUT', agent: false },
      headers: { host, 'content-length': '1000000' },
    });
    const cut = new Promise((resolve) => stalled.once('error', resolve));
    stalled.write(Buffer.alloc(1000));
    await cut;
    for (let look = 0; look < 50; look += 1, await sleep(50))
      if (readdirSync(own.config.INPUT_DIR).length === 0) return;
    assert.fail('half a recording is left');
  });

  test('one that goes silent within a piece is cut off as well, and what arrived is kept', async (t) => {
    const own = await startStudioRig({ studio: { silentFor: 300 } });
    t.after(() => own.close());
    const wish = { name: 'ms_XvsY.mov', bytes: 1_000_000, digest: 'a'.repeat(64) };
    const { id: upload } = await (await own.api().uploads.$post({ json: wish })).json();
    const { port, host } = new URL(own.studio.url);
    const stalled = request({
      ...{ host: '127.0.0.1', port, path: `/api/uploads/${upload}`, method: 'PATCH', agent: false },
      headers: { host, 'content-length': '1000000', 'upload-offset': '0' },
    });
    const cut = new Promise((resolve) => stalled.once('error', resolve));
    stalled.write(Buffer.alloc(1000));
    await cut;
    const kept = async () => (await (await own.api().uploads.$get()).json()).uploads[0]?.offset;
    for (let look = 0; look < 50; look += 1, await sleep(50)) if ((await kept()) === 1000) return;
    assert.fail('what arrived is lost');
  });

  test('errors about a request reveal nothing about the machine', async () => {
    for (const body of ['{', '[]', '{"frame":7}', '{"look":{"template":"../../x"},"best":true,"at":1}']) {
      const { status, text } = await ask(`/api/videos/${id}/select`, { method: 'POST', headers: json, body });
      assert.ok(status === 400 || status === 409, `${body}: ${status}`);
      assert.doesNotMatch(text, /at .*\.ts|node_modules/);
    }
  });

  test('nothing secret is in any answer', async () => {
    const answers = [
      '/api/about',
      '/api/videos',
      `/api/videos/${id}`,
      `/api/videos/${id}/status`,
      '/api/recordings',
      '/api/uploads',
      '/api/published',
      '/api/rehearsed',
    ];
    for (const address of answers) {
      const { text } = await ask(address);
      assert.doesNotMatch(text, /token|secret|session|credential|upload_id/i, address);
    }
  });

  test('files are served in ranges', async () => {
    const address = `/api/videos/${id}/recording`;
    const part = await ask(address, { headers: { range: 'bytes=4-7' } });
    assert.equal(part.status, 206);
    assert.equal(part.headers['cross-origin-resource-policy'], 'same-origin');
    assert.equal(part.text, 'ftyp');
    assert.equal((await ask(address, { headers: { range: 'bytes=999999999-' } })).status, 416);
  });
});
