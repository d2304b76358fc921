import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openBrowser } from '../support/browser.ts';
import { atEnd, temporaryFolder } from '../support/clean-up.ts';
import { freePort, runProgram, startProgram } from '../support/program.ts';
import { smallMatch } from '../support/small-match.ts';

const away = 'Temporal is not answering at the moment';
const back = 'Temporal is answering again.';

test('npm start says that its Temporal server hangs or ended, starts it again, and videos resume', async (t) => {
  const { folder, settings, program, studio, serverPid } = await started(t, { BADMINTON_SHUTDOWN_GRACE: '3s' });
  const file = await smallMatch(path.join(folder, 'md_HuyzVietvsThezLeo.mov'), { seed: 600 });
  const { code, stderr } = await runProgram(['start', file], settings);
  assert.equal(code, 0, stderr);
  await program.printed('waits for you');

  const page = await fetch(new URL('/api/events', studio));
  const events = listen(page.body as ReadableStream<Uint8Array>);
  atEnd(t, events.end);
  await events.had('event: videos');
  const browser = await openBrowser();
  atEnd(t, () => browser.close());
  const board = await browser.newPage();
  await board.goto(new URL('/board', studio).href);
  await board.locator('.row').waitFor();
  const notice = board.getByRole('alert').filter({ hasText: 'its server ended and is being started again' });
  const first = serverPid();

  // It hangs, and is not gone: nothing can be asked, and nothing is started again.
  const silent = board.getByRole('alert').filter({ hasText: 'Temporal does not answer, so' });
  const frozenAt = Date.now();
  process.kill(first, 'SIGSTOP');
  await silent.waitFor({ timeout: 12_000 });
  await program.printed(`${away}: no answer came in time.`);
  t.diagnostic(`told ${Date.now() - frozenAt} ms after it froze`);
  assert.equal(await board.locator('.row').count(), 1, 'what is known of the videos is still shown');
  // A page that is opened only now is told as well.
  const opened = await browser.newPage();
  await opened.goto(new URL('/board', studio).href);
  await opened.locator('.row').waitFor();
  await opened.getByRole('alert').filter({ hasText: 'Temporal does not answer, so' }).waitFor({ timeout: 5000 });
  process.kill(first, 'SIGCONT');
  await silent.waitFor({ state: 'hidden' });
  const whileFrozen = await program.printed(back);
  assert.doesNotMatch(whileFrozen, /server ended/);
  assert.equal(serverPid(), first, 'it is the same server');

  const killedAt = Date.now();
  const shown = notice.waitFor({ timeout: 10_000 });
  process.kill(first, 'SIGKILL');
  await shown;
  await notice.waitFor({ state: 'hidden' });
  const said = await program.printed(new RegExp(`(${back}[^]*){2}`));
  assert.ok(Date.now() - killedAt < 20_000, 'within seconds');
  assert.ok(said.indexOf(away) >= 0 && said.lastIndexOf(away) < said.lastIndexOf(back), said);
  assert.match(said, /its server ended and is being started again/);
  await events.had(/event: trouble\ndata: \{"problem":"[^"]*started again/);
  await events.had('event: trouble\ndata: {"problem":null}');
  assert.notEqual(serverPid(), first);

  const { videos } = JSON.parse((await runProgram(['list', '--json'], settings)).stdout);
  const chosen = await runProgram(['select', videos[0].videoId, '--best'], settings);
  assert.equal(chosen.code, 0, chosen.stderr);
  await program.printed('is published (REHEARSAL)');

  // Once more: the one that was started again is watched too.
  process.kill(serverPid(), 'SIGKILL');
  for (const deadline = Date.now() + 20_000; ; await sleep(100)) {
    const { code: answered } = await runProgram(['list'], settings);
    if (answered === 0) break;
    assert.ok(Date.now() < deadline, 'not started again');
  }

  // One that hangs keeps nobody waiting either.
  const last = serverPid();
  process.kill(last, 'SIGSTOP');
  const stopping = Date.now();
  assert.equal((await program.interrupt()).code, 0);
  t.diagnostic(`ended ${Date.now() - stopping} ms after Ctrl-C`);
  // The grace time, and what the server itself takes to end; the SDK would wait 30 s.
  assert.ok(Date.now() - stopping < 25_000);
  assert.throws(() => process.kill(last, 0), { code: 'ESRCH' });
});

test('Ctrl-C ends within the grace time while the server is dead and cannot be started again', async (t) => {
  const { folder, settings, program, studio, serverPid } = await started(t, {
    BADMINTON_SHUTDOWN_GRACE: '3s',
    // So that something runs: an upload that takes minutes.
    BADMINTON_UPLOAD_EARLY: 'on',
    BADMINTON_UPLOAD_LIMIT: '1kB/s',
  });
  const file = await smallMatch(path.join(folder, 'md_HuyzVietvsThezLeo.mov'), { seed: 600 });
  await runProgram(['start', file], settings);
  await program.printed('waits for you');
  for (let isSending = false; !isSending; await sleep(100)) {
    const { stdout } = await runProgram(['status', '--json', 'md_HuyzVietvsThezLeo.mov'], settings);
    isSending = stdout.includes('"sent ');
  }
  const port = Number(settings.BADMINTON_TEMPORAL_PORT);
  process.kill(serverPid(), 'SIGKILL');
  await using thief = createServer((socket) => socket.destroy());
  for (let isTaken = false; !isTaken; await sleep(5)) {
    isTaken = await new Promise((resolve) => {
      thief.once('error', () => resolve(false));
      thief.listen(port, '127.0.0.1', () => resolve(true));
    });
  }
  await program.printed(/Temporal server could not be started again: Port \d+, .* is used by another program/);
  // Also to who comes only now, on a page.
  const browser = await openBrowser();
  const page = await browser.newPage();
  await page.goto(studio);
  const notice = page.getByRole('alert').filter({ hasText: `could not be started again: Port ${port}` });
  await notice.filter({ hasText: 'tried again until it succeeds' }).waitFor({ timeout: 10_000 });
  await browser.close();
  const stopping = Date.now();
  const { code, stderr } = await program.interrupt();
  const took = Date.now() - stopping;
  t.diagnostic(`ended after ${took} ms`);
  assert.equal(code, 0, stderr);
  assert.doesNotMatch(stderr, /\n\s+at /, 'no stack');
  assert.equal(stderr.split('could not be started again').length - 1, 1, 'said once');
  assert.ok(took < 3000 + 5000, `it took ${took} ms`);
});

async function started(t: TestContext, more: Record<string, string> = {}) {
  const folder = await temporaryFolder(t);
  const settings: Record<string, string> = {
    BADMINTON_DATA_DIR: folder,
    BADMINTON_TEMPORAL_PORT: String(await freePort()),
    BADMINTON_TEMPORAL_UI_PORT: String(await freePort()),
    BADMINTON_LOCAL_YOUTUBE_PORT: '0',
    BADMINTON_STUDIO_PORT: '0',
    BADMINTON_HEARTBEAT_TIMEOUT: '3s',
    ...more,
  };
  mkdirSync(path.join(folder, 'input'));
  const program = startProgram(['up'], settings);
  atEnd(t, () => program.interrupt());
  const shown = await program.printed('Ready.');
  const studio = /Studio +(http:\S+)/.exec(shown)?.[1] ?? '';
  const serverPid = (): number => JSON.parse(readFileSync(path.join(folder, 'temporal', 'server.json'), 'utf8')).pid;
  return { folder, settings, program, studio, serverPid };
}

/** What a page of the studio is told. */
function listen(body: ReadableStream<Uint8Array>) {
  const reader = body.pipeThrough(new TextDecoderStream() as never).getReader();
  let text = '';
  const reading = (async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      text += value;
    }
  })().catch(() => undefined);
  return {
    async had(wanted: string | RegExp) {
      for (const deadline = Date.now() + 20_000; ; await sleep(50)) {
        if (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text)) return;
        assert.ok(Date.now() < deadline, `the page was not told ${wanted}:\n${text}`);
      }
    },
    async end() {
      await reader.cancel().catch(() => undefined);
      await reading;
    },
  };
}
