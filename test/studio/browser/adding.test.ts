import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test, { after, before, describe } from 'node:test';
import { emptyHalf, sampleRecording } from '../../support/sample-recording.ts';
import { type StudioRig, startStudioRig } from '../studio-rig.ts';
import { visit } from './visit.ts';

describe('the recordings in the input folder, in a browser', () => {
  let rig: StudioRig;
  before(async () => {
    rig = await startStudioRig();
  });
  after(() => rig.close());

  test('an unfinished one says so and cannot be ticked; the others can', async (t) => {
    await sampleRecording(rig.config.INPUT_DIR, 'ms_AnvsBo_Whole.mov');
    await emptyHalf(await sampleRecording(rig.config.INPUT_DIR, 'ms_AnvsBo_Half.mov'));
    const page = await visit(t, new URL('/board', rig.studio.url));
    await page.getByRole('button', { name: 'Add recordings' }).first().click();
    const row = (name: string) => page.locator('.recordings li').filter({ hasText: name });
    await row('Half').waitFor();
    const box = (name: string) => row(name).getByRole('checkbox');
    assert.deepEqual([await box('Whole').isEnabled(), await box('Whole').isChecked()], [true, false]);
    await box('Whole').check();
    assert.deepEqual([await box('Half').isEnabled(), await box('Half').isChecked()], [false, false]);
    assert.match(
      (await row('Half').textContent()) ?? '',
      /unfinished.*It is still being copied, or the copy broke off/,
    );
    await sampleRecording(rig.config.INPUT_DIR, 'ms_AnvsBo_Later.mov');
    await row('Later').waitFor();
    assert.deepEqual([await box('Whole').isChecked(), await box('Later').isChecked()], [true, false]);
    await page.getByLabel('All 2 new ones').check();
    assert.deepEqual([await box('Later').isChecked(), await box('Half').isChecked()], [true, false]);
    await page.getByRole('button', { name: 'Start 2' }).waitFor();
  });

  test('what is said while a dialog is open is in it, and can be pressed and read there', async (t) => {
    const page = await visit(t, new URL('/board', rig.studio.url));
    await page.getByRole('button', { name: 'Add recordings' }).first().click();
    const notes = path.join(rig.folder, 'notes.txt');
    writeFileSync(notes, 'x');
    await page.locator('.drop-here input').setInputFiles(notes);
    const message = page.getByText('notes.txt is not a recording: use .mov or .mp4.');
    await message.waitFor();
    const isOnTop = await message.evaluate((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return element.contains(document.elementFromPoint(x + width / 2, y + height / 2));
    });
    assert.ok(isOnTop);
    await page.keyboard.press('Escape');
    await message.waitFor();
    assert.equal(await message.count(), 1);
  });

  test('a recording is renamed, and put aside without being deleted, but not while a video is at work on it', async (t) => {
    const input = rig.config.INPUT_DIR;
    const bytes = readFileSync(await sampleRecording(input, 'ms_AnvsBo_Wrong.mov'));
    const id = await rig.waitingVideo('ms_AnvsBo_Open.mov');
    const page = await visit(t, new URL('/board', rig.studio.url));
    await page.getByRole('button', { name: 'Add recordings' }).first().click();
    await page.getByRole('button', { name: 'Rename ms_AnvsBo_Wrong.mov' }).click();
    const field = page.getByLabel('New name of ms_AnvsBo_Wrong.mov');
    await field.fill('ms_AnvsBo_Open.mov');
    await page.getByRole('button', { name: 'Rename', exact: true }).click();
    await page.getByText('ms_AnvsBo_Open.mov is already in the input folder').waitFor();
    await field.fill('ms_AnvsBo_Right.mov');
    await page.getByRole('button', { name: 'Rename', exact: true }).click();
    await page.getByText('ms_AnvsBo_Wrong.mov is called ms_AnvsBo_Right.mov now.').waitFor();
    await page.getByRole('button', { name: 'Put aside ms_AnvsBo_Right.mov' }).click();
    await page.getByText('ms_AnvsBo_Right.mov was put aside').waitFor();
    assert.ok(readFileSync(path.join(input, 'removed', 'ms_AnvsBo_Right.mov')).equals(bytes));
    assert.equal(await page.getByRole('button', { name: 'Put aside ms_AnvsBo_Open.mov' }).count(), 0);
    const recordings = rig.api().recordings[':name'];
    for (const refused of [
      await recordings['put-aside'].$post({ param: { name: 'ms_AnvsBo_Open.mov' }, json: {} }),
      await recordings.rename.$post({ param: { name: 'ms_AnvsBo_Open.mov' }, json: { to: 'ms_CvsD.mov' } }),
    ]) {
      assert.equal(refused.status as number, 409);
      assert.match(await refused.text(), /belongs to a video that is open/);
    }
    await rig.client.workflow.getHandle(id).cancel();
  });

  test('a cancelled video is started again from its page', async (t) => {
    const id = await rig.waitingVideo('ms_AnvsBo_Again.mov');
    const page = await visit(t, new URL(`/videos/${id}`, rig.studio.url));
    await page.getByRole('button', { name: 'Choose this' }).waitFor();
    await rig.client.workflow.getHandle(id).cancel();
    await page.getByRole('button', { name: 'Start again' }).click();
    await page.getByRole('button', { name: 'Choose this' }).waitFor({ timeout: 60_000 });
    const refused = await rig.api().videos[':id'].start.$post({ param: { id }, json: {} });
    assert.equal(refused.status as number, 409);
    assert.match(((await refused.json()) as unknown as { problem: string }).problem, /was not cancelled/);
  });
});
