import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  linkSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import test, { describe, type TestContext } from 'node:test';
import { RequestError } from '../../../src/studio/server/problem.ts';
import { openUploads } from '../../../src/studio/server/uploads/uploads.ts';
import { temporaryFolder } from '../../support/clean-up.ts';

const content = randomBytes(300_000);
const wish = {
  name: 'ms_AnvsBo.mov',
  bytes: content.length,
  lastModified: Date.parse('2026-03-01T10:00:00Z'),
  digest: 'a'.repeat(64),
};
const piece = (offset: number, end: number) => ({
  offset,
  length: end - offset,
  body: Readable.from([content.subarray(offset, end)]),
});

async function opened(t: TestContext) {
  const inputFolder = await temporaryFolder(t);
  const open = () => openUploads({ inputFolder, target: () => 'youtube' });
  const visible = () => readdirSync(inputFolder).filter((name) => !name.startsWith('.'));
  return { inputFolder, open, visible, uploads: open() };
}

const refusedWith = (status: number, words: RegExp) => (error: unknown) =>
  error instanceof RequestError && error.status === status && words.test(error.message);

test('pieces make the recording, which keeps its time; nothing is visible before it is whole', async (t) => {
  const { inputFolder, uploads, visible } = await opened(t);
  const { id } = await uploads.begin(wish);
  assert.equal((await uploads.receive(id, piece(0, 100_000))).offset, 100_000);
  await assert.rejects(uploads.finish(id), refusedWith(409, /has not arrived completely/));
  await uploads.receive(id, piece(100_000, content.length));
  assert.deepEqual(visible(), []);
  await uploads.finish(id);
  assert.deepEqual(visible(), [wish.name]);
  const file = path.join(inputFolder, wish.name);
  assert.ok(readFileSync(file).equals(content));
  assert.equal(statSync(file).mtimeMs, wish.lastModified);
  assert.ok((await uploads.finish(id)).arrivedAt, 'a sender that heard no answer asks again');
  assert.deepEqual(await uploads.list(), []);
  await assert.rejects(uploads.remove(id), refusedWith(404, /has arrived/));
  assert.ok(readFileSync(file).equals(content), 'a finished recording is never removed');
});

test('the same file continues where it stopped, after a restart of the program too; another file does not', async (t) => {
  const { open, uploads } = await opened(t);
  const { id } = await uploads.begin(wish);
  await uploads.receive(id, piece(0, 100_000));
  const restarted = open();
  const { id: again, offset } = await restarted.begin(wish);
  assert.deepEqual([again, offset], [id, 100_000]);
  for (const other of [{ bytes: 5 }, { digest: 'b'.repeat(64) }, { lastModified: 1 }, { name: 'ms_CvsD.mov' }]) {
    assert.notEqual((await restarted.begin({ ...wish, ...other })).id, id);
  }
  assert.equal((await restarted.list()).length, 5);
  await restarted.remove(id);
  assert.equal((await restarted.list()).length, 4);
});

test('of a piece that is cut off, what arrived is kept; only the offset that is due is taken', async (t) => {
  const { uploads } = await opened(t);
  const { id } = await uploads.begin(wish);
  async function* breaking() {
    yield content.subarray(0, 50_000);
    throw new Error('aborted');
  }
  const broken = { offset: 0, length: 200_000, body: Readable.from(breaking()) };
  await assert.rejects(uploads.receive(id, broken), refusedWith(400, /did not arrive completely/));
  assert.equal((await uploads.find(id)).offset, 50_000);
  await assert.rejects(uploads.receive(id, piece(0, 10)), refusedWith(409, /continues at 50000/));
  await assert.rejects(uploads.receive(id, piece(60_000, 70_000)), refusedWith(409, /continues at 50000/));
  const beyond = { offset: 50_000, length: content.length, body: Readable.from([content]) };
  await assert.rejects(uploads.receive(id, beyond), refusedWith(413, /more than/));
  assert.equal((await uploads.receive(id, piece(50_000, content.length))).offset, content.length);
});

test('a sender that comes back need not wait for its dead connection', async (t) => {
  const { inputFolder, uploads } = await opened(t);
  const { id } = await uploads.begin(wish);
  const dead = new PassThrough();
  const hanging = uploads.receive(id, { offset: 0, length: content.length, body: dead });
  const cut = assert.rejects(hanging, refusedWith(400, /did not arrive/));
  dead.write(content.subarray(0, 40_000));
  const part = path.join(inputFolder, '.uploads', `${id}.part`);
  while (statSync(part).size < 40_000) await new Promise(setImmediate);
  assert.equal((await uploads.find(id)).isReceiving, true);
  await assert.rejects(uploads.receive(id, piece(0, 10)), refusedWith(409, /continues at 40000/));
  await cut;
  assert.equal((await uploads.receive(id, piece(40_000, content.length))).offset, content.length);
});

test('what a disk lost is sent again', async (t) => {
  const { inputFolder, uploads } = await opened(t);
  const { id } = await uploads.begin(wish);
  await uploads.receive(id, piece(0, 100_000));
  truncateSync(path.join(inputFolder, '.uploads', `${id}.part`), 70_000);
  assert.equal((await uploads.find(id)).offset, 70_000);
});

test('it takes no other recording’s place, whenever that came', async (t) => {
  const { inputFolder, uploads } = await opened(t);
  const { id } = await uploads.begin(wish);
  await uploads.receive(id, piece(0, content.length));
  const file = path.join(inputFolder, wish.name);
  writeFileSync(file, 'another');
  await assert.rejects(uploads.finish(id), refusedWith(409, /already in the input folder/));
  await assert.rejects(uploads.begin({ ...wish, bytes: 7 }), refusedWith(409, /already in the input folder/));
  assert.equal(readFileSync(file, 'utf8'), 'another');
  assert.equal((await uploads.list()).length, 1, 'what has arrived is kept');
});

describe('asked again to finish, after the program ended', () => {
  const states = {
    'before it gave the name': () => undefined,
    'after it linked the recording': ({ part, file }) => linkSync(part, file),
    'after it reserved the name': ({ file }) => writeFileSync(file, ''),
    'after it renamed the recording': ({ part, file }) => {
      utimesSync(part, new Date(), new Date(wish.lastModified));
      renameSync(part, file);
    },
  } satisfies Record<string, (place: { part: string; file: string }) => void>;
  for (const [when, end] of Object.entries(states)) {
    test(when, async (t) => {
      const { inputFolder, open, uploads, visible } = await opened(t);
      const { id } = await uploads.begin(wish);
      await uploads.receive(id, piece(0, content.length));
      const file = path.join(inputFolder, wish.name);
      const [part, noted] = ['part', 'json'].map((end) => path.join(inputFolder, '.uploads', `${id}.${end}`)) as [
        string,
        string,
      ];
      // What the program notes before it gives the name.
      writeFileSync(noted, JSON.stringify({ ...JSON.parse(readFileSync(noted, 'utf8')), isBeingPlaced: true }));
      end({ part, file });
      const restarted = open();
      for (let times = 0; times < 2; times += 1) {
        assert.ok((await restarted.finish(id)).arrivedAt);
        assert.ok(readFileSync(file).equals(content));
        assert.equal(statSync(file).mtimeMs, wish.lastModified);
      }
      assert.deepEqual(visible(), [wish.name]);
      assert.ok(!existsSync(part));
      // It is noted for good: wherever the recording goes from here.
      unlinkSync(file);
      assert.ok((await open().finish(id)).arrivedAt);
      assert.ok(!existsSync(file));
    });
  }

  test('before it removed the other name: the next upload does', async (t) => {
    const { inputFolder, open, uploads } = await opened(t);
    const { id } = await uploads.begin(wish);
    await uploads.receive(id, piece(0, content.length));
    await uploads.finish(id);
    const part = path.join(inputFolder, '.uploads', `${id}.part`);
    linkSync(path.join(inputFolder, wish.name), part);
    await open().begin({ ...wish, name: 'ms_CvsD.mov' });
    assert.ok(!existsSync(part));
    assert.ok(existsSync(path.join(inputFolder, wish.name)));
  });

  test('it takes no other recording for its own', async (t) => {
    const { inputFolder, open, uploads } = await opened(t);
    const { id } = await uploads.begin(wish);
    await uploads.receive(id, piece(0, content.length));
    const file = path.join(inputFolder, wish.name);
    writeFileSync(file, 'another');
    await assert.rejects(uploads.finish(id), refusedWith(409, /already in the input folder/));
    unlinkSync(path.join(inputFolder, '.uploads', `${id}.part`));
    writeFileSync(file, Buffer.alloc(content.length));
    await assert.rejects(open().finish(id), refusedWith(404, /no such upload/));
  });
});

test('finishing twice at once, and removing meanwhile, gives one recording', async (t) => {
  const { uploads, visible } = await opened(t);
  const { id } = await uploads.begin(wish);
  await uploads.receive(id, piece(0, content.length));
  const removed = refusedWith(404, /has arrived/);
  const [one, other] = await Promise.all([
    uploads.finish(id),
    uploads.finish(id),
    assert.rejects(uploads.remove(id), removed),
  ]);
  assert.equal(one.arrivedAt, other.arrivedAt);
  assert.deepEqual(visible(), [wish.name]);
});

test('ids lead to no other file', async (t) => {
  const { inputFolder, uploads } = await opened(t);
  writeFileSync(path.join(inputFolder, 'x.json'), '{}');
  for (const id of ['../x', '..%2Fx', 'x', '', '.', '00000000-0000-0000-0000-000000000000']) {
    await assert.rejects(uploads.find(id), refusedWith(404, /no such upload/), id);
    await assert.rejects(uploads.remove(id), refusedWith(404, /no such upload/), id);
  }
});
