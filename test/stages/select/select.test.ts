import assert from 'node:assert/strict';
import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { it, type TestContext } from 'node:test';
import sharp from 'sharp';
import { rankThumbnails } from '../../../src/stages/rank/index.ts';
import { candidatesFolder, selectionRecord } from '../../../src/stages/records.ts';
import { selectThumbnail } from '../../../src/stages/select/index.ts';
import { sampleSeconds, sampleSize } from '../../support/sample-recording.ts';
import { stageBench, stageError } from '../../support/stage-bench.ts';

async function ranked(t: TestContext) {
  const bench = await stageBench(t);
  const file = await bench.prepared();
  const { candidates } = await rankThumbnails(file, 2, bench.attempt());
  const workspace = await bench.workspace(file);
  const select = (choice: Parameters<typeof selectThumbnail>[1]) => selectThumbnail(file, choice, bench.attempt());
  return { bench, file, candidates, select, workspace, chosen: () => workspace.read(selectionRecord) };
}

it('the stage "select" on a ranked recording', async (t) => {
  const { candidates, select, chosen, workspace } = await ranked(t);
  const [best, second] = candidates;

  await t.test('fixes the best, another candidate, or any moment; the last choice counts', async () => {
    assert.deepEqual(await select({ best: true }), { frame: best?.frame, time: best?.time, file: best?.file });
    assert.deepEqual(chosen(), { frame: best?.frame, time: best?.time });

    await select({ frame: second?.frame ?? '' });
    assert.equal(chosen()?.frame, second?.frame);

    const moment = await select({ atSeconds: 1.234 });
    assert.equal(moment.frame, 'frame-0001234ms.jpg');
    assert.ok(moment.time <= 1.2345 && moment.time > 1.15, `the frame at ${moment.time} s`);
    const { width, height } = await sharp(moment.file).metadata();
    assert.deepEqual({ width, height }, sampleSize);
    assert.deepEqual(chosen(), { frame: moment.frame, time: moment.time });

    const end = await select({ atSeconds: sampleSeconds });
    assert.ok(end.time > sampleSeconds - 0.2, 'the end means the last frame');
  });

  await t.test('refuses what is not there, and keeps the previous choice', async () => {
    await select({ best: true });
    const before = chosen();
    const refused = (message: RegExp) => stageError('FRAME_NOT_FOUND', message);
    await assert.rejects(select({ frame: 'frame-9999999ms.jpg' }), refused(/no candidate frame-9999999ms\.jpg/));
    await assert.rejects(select({ frame: '../prepared.json' }), refused(/no candidate/));
    await assert.rejects(select({ atSeconds: -1 }), refused(/before the start/));
    await assert.rejects(select({ atSeconds: sampleSeconds + 1 }), refused(/past its end/));
    await assert.rejects(select({ atSeconds: Number.NaN }), refused(/./));
    assert.deepEqual(chosen(), before);
  });

  await t.test('extracts a deleted picture, or a whole deleted folder, from the recording again', async () => {
    await rm(best?.file ?? '');
    const { file, frame } = await select({ best: true });
    assert.deepEqual([file, frame], [best?.file, best?.frame]);
    assert.ok((await stat(file)).size > 1000);
    await rm(path.join(workspace.folder, candidatesFolder), { recursive: true });
    assert.ok((await stat((await select({ frame: second?.frame ?? '' })).file)).size > 1000);
  });
});

it('the stage "select" needs the stages before it', async (t) => {
  const bench = await stageBench(t);
  const select = (file: string) => selectThumbnail(file, { best: true }, bench.attempt());
  await assert.rejects(select(await bench.recording()), stageError('STAGE_ORDER', /"prepare" has not run/));
  await assert.rejects(select(await bench.prepared()), stageError('STAGE_ORDER', /"rank" has not run/));
});
