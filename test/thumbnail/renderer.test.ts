import assert from 'node:assert/strict';
import { constants } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { renderThumbnail } from '../../src/thumbnail/render-thumbnail.ts';
import { openThumbnailRenderer, type RendererOptions } from '../../src/thumbnail/renderer.ts';
import { hall, requestFor, temporaryFolder } from './pictures.ts';
import { endlessPhoto, firstRenderer, renderers, until } from './renderers.ts';

const noneLeft = async () => ((await renderers(process.pid)).length === 0 ? true : undefined);

async function opened(t: TestContext, options?: RendererOptions) {
  const photo = join(await temporaryFolder(t), 'frame.png');
  await hall(1280, 720, [0.4, 0.6]).png().toFile(photo);
  const renderer = openThumbnailRenderer(options);
  t.after(() => renderer.close());
  return { photo, renderer };
}

test('one process draws picture after picture, the same as the library draws', async (t) => {
  const { photo, renderer } = await opened(t);
  assert.deepEqual(await renderers(process.pid), [], 'it starts with the first request');
  const [first, second] = await Promise.all([
    renderer.render(requestFor(photo)),
    renderer.render(requestFor(photo, { theme: 'purple' })),
  ]);
  const [child] = await renderers(process.pid);
  assert.ok(Buffer.isBuffer(first.jpeg));
  assert.deepEqual(first, await renderThumbnail(requestFor(photo)));
  assert.deepEqual(second, await renderThumbnail(requestFor(photo, { theme: 'purple' })));
  assert.deepEqual(await renderer.render(requestFor(photo)), first);
  assert.deepEqual(await renderers(process.pid), [child]);
  await renderer.close();
  assert.deepEqual(await renderers(process.pid), []);
  await assert.rejects(renderer.render(requestFor(photo)), /closed/);
});

test('a replaced photo is noticed, and an expected error leaves the process running', async (t) => {
  const { photo, renderer } = await opened(t);
  const before = await renderer.render(requestFor(photo));
  const [child] = await renderers(process.pid);
  await assert.rejects(renderer.render(requestFor(`${photo}.none`)), { code: 'PICTURE_UNREADABLE', remedy: 'fix' });
  await hall(1280, 720, [0.2, 0.8]).png().toFile(`${photo}.new`);
  await rename(`${photo}.new`, photo);
  assert.ok(!(await renderer.render(requestFor(photo))).jpeg.equals(before.jpeg));
  assert.deepEqual(await renderers(process.pid), [child]);
});

test('after a crash the picture fails, and the next one is drawn by a new process', async (t) => {
  const { photo, renderer } = await opened(t);
  const failing = renderer.render(requestFor(await endlessPhoto(t)));
  const next = renderer.render(requestFor(photo));
  const outcome = assert.rejects(failing, { code: 'RENDERER_FAILED', remedy: 'retry', message: /SIGKILL/ });
  const child = await firstRenderer(process.pid);
  process.kill(child, 'SIGKILL');
  await outcome;
  assert.equal((await next).width, 1280);
  const [second = 0] = await renderers(process.pid);
  assert.notEqual(second, child);
});

test('a process that dies between two pictures fails neither, whether its death was noticed or not', async (t) => {
  const { photo, renderer } = await opened(t);
  await renderer.render(requestFor(photo));
  for (const heard of [true, false, false]) {
    const [child = 0] = await renderers(process.pid);
    process.kill(child, 'SIGKILL');
    if (heard) await until(noneLeft);
    assert.equal((await renderer.render(requestFor(photo))).width, 1280);
  }
});

test('a picture that kills its process fails, although others were drawn before', async (t) => {
  const { photo, renderer } = await opened(t);
  await renderer.render(requestFor(photo));
  const [child = 0] = await renderers(process.pid);
  const endless = await endlessPhoto(t);
  const failing = renderer.render(requestFor(endless));
  const outcome = assert.rejects(failing, { code: 'RENDERER_FAILED', message: /SIGKILL/ });
  // It can be opened as soon as somebody is waiting to read.
  const pipe = await until(() => open(endless, constants.O_WRONLY | constants.O_NONBLOCK).catch(() => undefined));
  t.after(() => pipe.close());
  process.kill(child, 'SIGKILL');
  await outcome;
  assert.deepEqual(await renderers(process.pid), [], 'it is not drawn again');
});

test('an aborted call ends immediately and is not drawn; the others and the process are unaffected', async (t) => {
  const { photo, renderer } = await opened(t);
  await renderer.render(requestFor(photo));
  const [child] = await renderers(process.pid);
  const typing = new AbortController();
  const options = { signal: typing.signal };
  const stale = [renderer.render(requestFor(photo), options), renderer.render(requestFor(photo), options)];
  const latest = renderer.render(requestFor(photo, { theme: 'white' }));
  typing.abort(new Error('another letter'));
  for (const each of stale) await assert.rejects(each, /another letter/);
  await assert.rejects(renderer.render(requestFor(photo), options), /another letter/);
  assert.equal((await latest).theme, 'white');
  assert.deepEqual(await renderers(process.pid), [child]);
});

test('a picture that takes too long or too much memory fails', async (t) => {
  const { renderer } = await opened(t, { timeoutMs: 300 });
  const hanging = renderer.render(requestFor(await endlessPhoto(t)));
  await assert.rejects(hanging, { code: 'RENDERER_FAILED', message: /0\.3 s/ });
  // Memory is checked twice a second: a picture that is drawn sooner is harmless.
  const { renderer: small } = await opened(t, { memoryLimitBytes: 10 * 1024 ** 2 });
  const greedy = small.render(requestFor(await endlessPhoto(t)));
  await assert.rejects(greedy, { code: 'RENDERER_FAILED', message: /10 MB/ });
});

test('an idle process ends after a while, and the next request starts another', async (t) => {
  const { photo, renderer } = await opened(t, { idleMs: 50 });
  const first = await renderer.render(requestFor(photo));
  await until(noneLeft);
  assert.deepEqual(await renderer.render(requestFor(photo)), first);
});
