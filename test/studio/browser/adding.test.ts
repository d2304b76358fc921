import assert from 'node:assert/strict';
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
    assert.deepEqual([await box('Whole').isEnabled(), await box('Whole').isChecked()], [true, true]);
    assert.deepEqual([await box('Half').isEnabled(), await box('Half').isChecked()], [false, false]);
    assert.match(
      (await row('Half').textContent()) ?? '',
      /unfinished.*It is still being copied, or the copy broke off/,
    );
  });
});
