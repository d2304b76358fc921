import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { createWorker, PSM, type Worker } from 'tesseract.js';
import { openDesigns } from '../../src/thumbnail/designs/designs.ts';
import { layOut } from '../../src/thumbnail/lay-out.ts';
import { createMemory } from '../../src/thumbnail/memory.ts';
import { renderThumbnail } from '../../src/thumbnail/render-thumbnail.ts';
import { checkRequest } from '../../src/thumbnail/request.ts';
import { measure } from '../../src/thumbnail/text/measure.ts';
import { hall, requestFor, temporaryFolder } from './pictures.ts';

const { resolve } = createRequire(import.meta.url);

let reader: Worker;
before(async () => {
  const langPath = join(dirname(resolve('@tesseract.js-data/eng/package.json')), '4.0.0_best_int');
  reader = await createWorker('eng', 1, { langPath, gzip: true, cacheMethod: 'none' });
  await reader.setParameters({ tessedit_pageseg_mode: PSM.RAW_LINE });
});
after(() => reader.terminate());

const teams = [
  ['Khanh', 'Leonard'],
  ['Vinh', 'Margaret'],
] as const;
/** If there is a sign beside the names, only letters count. */
const lettersOf = (text: string) => text.replaceAll(/[^\p{L}]/gu, '').toLowerCase();

const { templateNames, themeNames } = openDesigns();
for (const template of templateNames) {
  for (const theme of themeNames) {
    test(`a machine reads the names in "${template}", ${theme}`, async (t) => {
      const photo = join(await temporaryFolder(t), 'hall.png');
      await hall(1280, 720, [0.5, 0.7]).png().toFile(photo);
      const match = { matchType: 'md', teams, tournament: 'Cafe Game' } as const;
      const request = requestFor(photo, { template, theme, match });
      const { jpeg } = await renderThumbnail(request);
      const { drawing } = await layOut(checkRequest(request), createMemory(), assert.fail);
      let read = '';
      for (const { slot, words, x, baseline, size, narrowed } of drawing.texts) {
        if (slot !== 'name') continue;
        const { width, rise, drop } = measure(words);
        const margin = 6;
        const line = sharp(jpeg).extract({
          left: Math.max(0, Math.floor(x - margin)),
          top: Math.max(0, Math.floor(baseline - rise * size - margin)),
          width: Math.ceil(width * size * narrowed + 2 * margin),
          height: Math.ceil((rise + drop) * size + 2 * margin),
        });
        const { data } = await reader.recognize(
          await line
            .resize({ height: 48 })
            .greyscale()
            .extend({ top: 20, bottom: 20, left: 20, right: 20, extendWith: 'copy' })
            .png()
            .toBuffer(),
        );
        read += data.text;
      }
      for (const name of teams.flat()) assert.ok(lettersOf(read).includes(lettersOf(name)), `${name} in "${read}"`);
    });
  }
}
