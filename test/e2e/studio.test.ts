import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { after, describe } from 'node:test';
import { openBrowser } from '../support/browser.ts';
import { freePort, runProgram, startProgram } from '../support/program.ts';
import { sampleRecording } from '../support/sample-recording.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'badminton-studio-'));
after(() => rmSync(folder, { recursive: true, force: true }));

async function settings(name: string): Promise<Record<string, string>> {
  const data = path.join(folder, name);
  mkdirSync(data, { recursive: true });
  return {
    BADMINTON_DATA_DIR: data,
    BADMINTON_TEMPORAL_PORT: String(await freePort()),
    BADMINTON_TEMPORAL_UI_PORT: String(await freePort()),
    BADMINTON_LOCAL_YOUTUBE_PORT: String(await freePort()),
    BADMINTON_STUDIO_PORT: String(await freePort()),
  };
}

/** What a browser does when a person drops a file on the page. */
const dropFile = (name: string, content: Buffer) => `{
  const bytes = Uint8Array.from(atob(${JSON.stringify(content.toString('base64'))}), (sign) => sign.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], ${JSON.stringify(name)}, { type: 'video/quicktime' }));
  for (const type of ['dragover', 'drop']) {
    document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  }
}`;

describe('the studio of a club', () => {
  test('from a dropped recording to a published match, in a browser, with one key', async (t) => {
    const own = await settings('journey');
    const program = startProgram(['up'], own);
    t.after(() => program.kill());
    const said = await program.printed(/Ready\./);
    const [, studio = ''] = /Studio +(http:\S+)/.exec(said) ?? [];
    const browser = await openBrowser();
    t.after(() => browser.close());
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(studio);
    await page.getByRole('button', { name: 'Leave all of it for later' }).click();
    await page.getByRole('heading', { name: 'No videos yet' }).waitFor();

    const file = await sampleRecording(folder, 'md_KhanhzLeovsHuyzViet_Friendly Game.mov');
    await page.evaluate(dropFile(path.basename(file), readFileSync(file)));
    await page.getByText(`Started: ${path.basename(file)}`).waitFor();
    const inFolder = readdirSync(path.join(folder, 'journey', 'input')).filter((name) => !name.startsWith('.'));
    assert.deepEqual(inFolder, [path.basename(file)], 'copied whole');

    await page.locator('.row').getByRole('link', { name: 'Choose' }).click({ timeout: 60_000 });
    await page.locator('.preview img').waitFor();
    await page.keyboard.press('s');
    await page.getByText(/^Chosen: Khanh\/Leo vs Huy\/Viet/).waitFor();
    const watch = page.locator('.row').getByRole('link', { name: /^Watch/ });
    await watch.waitFor({ timeout: 60_000 });
    const address = await watch.getAttribute('href');
    assert.match(await (await fetch(address ?? '')).text(), /Khanh\/Leo vs Huy\/Viet/);
    const temporal = await page
      .locator('.row')
      .getByRole('link', { name: /^Temporal/ })
      .getAttribute('href');
    assert.equal((await fetch(temporal ?? '')).status, 200);
    assert.equal((await program.interrupt()).code, 0);
    assert.equal(existsSync(path.join(folder, 'journey', 'studio', 'running.json')), false);
  });

  test('`select ID` links to the video in the running studio, and serves one if none is running', async (t) => {
    const own = await settings('select');
    const program = startProgram(['up'], own);
    t.after(() => program.kill());
    await program.printed(/Ready\./);
    const file = await sampleRecording(folder, 'ms_DenvsTu.mov');
    const { stdout } = await runProgram(['start', file, '--json'], own);
    const [{ videoId }] = JSON.parse(stdout).videos;
    const shown = await runProgram(['select', videoId, '--no-open'], own);
    assert.equal(shown.code, 0, shown.stderr);
    assert.equal(shown.stdout.trim(), `http://localhost:${own.BADMINTON_STUDIO_PORT}/videos/${videoId}`);
    assert.equal((await program.interrupt()).code, 0);

    // The same server and worker, but without a studio.
    const again = startProgram(['up'], { ...own, BADMINTON_STUDIO_PORT: String(await freePort()) });
    t.after(() => again.kill());
    await again.printed(/waits for you/);
    rmSync(path.join(folder, 'select', 'studio', 'running.json'));
    const serving = startProgram(['select', videoId, '--no-open'], own);
    t.after(() => serving.kill());
    await serving.printed(/ends once you have chosen/);
    const api = `http://localhost:${own.BADMINTON_STUDIO_PORT}/api/videos/${videoId}`;
    assert.equal((await fetch(api)).status, 200);
    const chosen = await fetch(`${api}/select`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"best":true}',
    });
    assert.equal(chosen.status, 200, await chosen.text());
    assert.equal((await serving.ended).code, 0, 'it ends with the choice');
    assert.equal((await again.interrupt()).code, 0);
  });

  test('`studio` without a server, and on a port already in use: a sentence, exit code 1', async () => {
    const own = await settings('alone');
    const alone = await runProgram(['studio', '--no-open'], own);
    assert.equal(alone.code, 1);
    assert.match(alone.stderr, /No Temporal server is running here\. Start everything with: npm start/);
    assert.doesNotMatch(alone.stderr, /at .*\.ts/);
  });
});
