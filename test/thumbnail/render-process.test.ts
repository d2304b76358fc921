import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { renderThumbnailInProcess } from '../../src/thumbnail/render-process.ts';
import { renderThumbnail } from '../../src/thumbnail/render-thumbnail.ts';
import { hall, requestFor, temporaryFolder } from './pictures.ts';
import { endlessPhoto, firstRenderer, renderers, until } from './renderers.ts';

const run = promisify(execFile);

test('the file is what the library draws, readable by all, with nothing beside it', async (t) => {
  const folder = await temporaryFolder(t);
  const [photo, out] = [join(folder, 'frame.png'), join(folder, 'thumbnail.jpg')];
  await hall(1280, 720, [0.5]).png().toFile(photo);
  await writeFile(out, 'an older thumbnail');
  const mask = process.umask(0o077);
  t.after(() => process.umask(mask));

  const summary = await renderThumbnailInProcess({ ...requestFor(photo), out });

  const { jpeg, ...drawn } = await renderThumbnail(requestFor(photo));
  const { crop } = drawn;
  assert.deepEqual(drawn, { width: 1280, height: 720, template: 'sidebar', theme: 'blue', crop, warnings: [] });
  assert.deepEqual(summary, drawn);
  assert.ok((await readFile(out)).equals(jpeg));
  assert.equal((await stat(out)).mode & 0o777, 0o644);
  assert.deepEqual((await readdir(folder)).sort(), ['frame.png', 'thumbnail.jpg']);
});

test('one soon after another is drawn by the same child, which ends after a moment and keeps no program waiting', async (t) => {
  const folder = await temporaryFolder(t);
  const photo = join(folder, 'frame.png');
  await hall(640, 360, [0.5]).png().toFile(photo);
  const draw = () => renderThumbnailInProcess({ ...requestFor(photo), out: join(folder, 'out.jpg') });
  await draw();
  const child = await firstRenderer(process.pid);
  await draw();
  assert.equal(await firstRenderer(process.pid), child);

  const module = new URL('../../src/thumbnail/render-process.ts', import.meta.url).href;
  const request = JSON.stringify({ ...requestFor(photo), out: join(folder, 'other.jpg') });
  const program = `await (await import(${JSON.stringify(module)})).renderThumbnailInProcess(${request}); console.log(Date.now())`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program]);
  assert.ok(Date.now() - Number(stdout) < 2000, 'it ended once its picture was drawn');
  await until(async () => ((await renderers(process.pid)).includes(child) ? undefined : true));
});

test('an expected error keeps its parts in transit', async (t) => {
  const folder = await temporaryFolder(t);
  const photo = join(folder, 'missing.jpg');
  const failing = renderThumbnailInProcess({ ...requestFor(photo), out: join(folder, 'out.jpg') });
  await assert.rejects(failing, {
    name: 'StageError',
    code: 'PICTURE_UNREADABLE',
    remedy: 'fix',
    message: /missing\.jpg/,
    action: /another frame/,
  });
});

test('a missing folder is reported, and the previous picture stays', async (t) => {
  const folder = await temporaryFolder(t);
  const photo = join(folder, 'frame.png');
  await hall(640, 360, [0.5]).png().toFile(photo);
  const failing = renderThumbnailInProcess({ ...requestFor(photo), out: join(folder, 'nowhere', 'out.jpg') });
  await assert.rejects(failing, { code: 'FOLDER_UNUSABLE' });
});

test('an abort ends the child and leaves nothing', async (t) => {
  const photo = await endlessPhoto(t);
  const controller = new AbortController();
  const failing = renderThumbnailInProcess(
    { ...requestFor(photo), out: `${photo}.jpg` },
    { signal: controller.signal },
  );
  const outcome = assert.rejects(failing, /enough of it/);
  const child = await firstRenderer(process.pid);
  controller.abort(new Error('enough of it'));
  await outcome;
  assert.throws(() => process.kill(child, 0), { code: 'ESRCH' });
  assert.deepEqual(await readdir(join(photo, '..')), ['pipe']);
});

test('a child that dies or hangs is RENDERER_FAILED, which can be retried', async (t) => {
  const photo = await endlessPhoto(t);
  const hanging = renderThumbnailInProcess({ ...requestFor(photo), out: `${photo}.jpg` }, { timeoutMs: 300 });
  await assert.rejects(hanging, { code: 'RENDERER_FAILED', remedy: 'retry', message: /0\.3 s/ });

  const dying = renderThumbnailInProcess({ ...requestFor(photo), out: `${photo}.jpg` });
  const outcome = assert.rejects(dying, { code: 'RENDERER_FAILED', remedy: 'retry', message: /SIGTERM/ });
  process.kill(await firstRenderer(process.pid), 'SIGTERM');
  await outcome;
});

test('the child ends when its parent is killed', async (t) => {
  const photo = await endlessPhoto(t);
  const module = new URL('../../src/thumbnail/render-process.ts', import.meta.url).href;
  const request = JSON.stringify({ ...requestFor(photo), out: `${photo}.jpg` });
  const parent = spawn(
    process.execPath,
    ['-e', `import(${JSON.stringify(module)}).then((m) => m.renderThumbnailInProcess(${request}))`],
    { stdio: 'ignore' },
  );
  const child = await firstRenderer(parent.pid ?? 0);
  // Once started it waits on the pipe, where it cannot end on its own.
  await sleep(700);
  process.kill(child, 0);
  parent.kill('SIGKILL');
  await once(parent, 'exit');
  await until(async () => {
    const { stdout } = await run('ps', ['-A', '-o', 'pid=,stat=']);
    const row = stdout.split('\n').find((each) => Number(each.trim().split(/\s+/)[0]) === child);
    return !row || row.includes('Z') ? true : undefined;
  });
});
