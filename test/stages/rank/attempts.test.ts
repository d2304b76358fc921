import assert from 'node:assert/strict';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { rankThumbnails } from '../../../src/stages/rank/index.ts';
import { rankingRecord } from '../../../src/stages/records.ts';
import { endsWithin } from '../../child/processes.ts';
import { childrenOf, startProcessesAnew } from '../../support/children.ts';
import { leftovers, type StageBench, stageBench } from '../../support/stage-bench.ts';

type Options = Parameters<typeof rankThumbnails>[3];

/** Ranks until that note is reported for the nth time, and is then cancelled. */
async function cancelledAt(bench: StageBench, file: string, note: RegExp, nth = 1, options: Options = {}) {
  const cancel = new AbortController();
  startProcessesAnew();
  const before = new Set(childrenOf(process.pid));
  let reported = 0;
  let started: number[] = [];
  let cancelled = 0;
  const context = {
    ...bench.attempt(cancel.signal),
    report(progress: { note: string }) {
      if (!note.test(progress.note)) return;
      reported += 1;
      if (reported !== nth) return;
      started = childrenOf(process.pid).filter((pid) => !before.has(pid));
      cancelled = performance.now();
      cancel.abort(new Error('cancelled'));
    },
  };
  await assert.rejects(rankThumbnails(file, 3, context, options), /cancelled/);
  return { started, seconds: (performance.now() - cancelled) / 1000 };
}

const quickly = { withoutPose: true };
const scanning = /looked at/;
const posing = /looking for players/;
const extracting = /extracting the best frames/;

describe('attempts at ranking a recording', () => {
  it('stop within two seconds of a cancel in every pass, and leave no process', async (t) => {
    for (const [note, nth, options] of [
      [scanning, 2, {}],
      [posing, 3, {}],
      [extracting, 1, quickly],
    ] as const) {
      const bench = await stageBench(t);
      const { started, seconds } = await cancelledAt(bench, await bench.recording(), note, nth, options);
      assert.ok(started.length > 0, `${note}: there was a process`);
      assert.ok(seconds < 2, `${note}: ${seconds.toFixed(1)} s`);
      // One that had done its work before the cancel is kept for a moment.
      for (const pid of started) assert.ok(await endsWithin(pid, 5000), `${note}: ${pid}`);
      assert.deepEqual(leftovers(bench.dataFolder), []);
    }
  });

  it('do not repeat the scan of another attempt, nor look again at what it found', async (t) => {
    const bench = await stageBench(t);
    const file = await bench.recording();
    await cancelledAt(bench, file, extracting);

    const before = bench.progress.length;
    const ranking = await rankThumbnails(file, 3, bench.attempt());
    const notes = bench.progress.slice(before).map(({ note }) => note);
    assert.ok(!notes.some((note) => scanning.test(note)), 'no scan');
    assert.ok(notes.some((note) => posing.test(note)) && notes.some((note) => extracting.test(note)));
    const { folder } = await bench.workspace(file);
    assert.deepEqual((await readdir(folder)).sort(), ['activity.json', 'candidates', 'ranking.json']);

    await rankThumbnails(file, 3, bench.attempt(), quickly);
    const undisturbed = await rankThumbnails(file, 3, bench.attempt());
    assert.deepEqual(ranking, undisturbed, 'the same as without an interruption');
  });

  it('accept no people as found that they did not find themselves', async (t) => {
    const bench = await stageBench(t);
    const file = await bench.recording();
    await cancelledAt(bench, file, extracting);
    const workspace = await bench.workspace(file);
    const kept = JSON.parse(await readFile(workspace.path('sightings.json'), 'utf8'));
    assert.ok(kept.people.length > 3);
    // Nobody in any of them: if the kept ones count, no player is recognised.
    const nobody = kept.people.map(([key]: [string]) => [key, []]);
    const rank = async (book: object) => {
      await writeFile(workspace.path('sightings.json'), JSON.stringify(book));
      const { notes } = await rankThumbnails(file, 3, bench.attempt());
      await rm(workspace.path(rankingRecord.file));
      return notes.join(' ');
    };
    assert.match(await rank({ ...kept, people: nobody }), /Hardly any player/);
    assert.equal(await rank({ ...kept, people: nobody, fingerprint: 'of another recording' }), '');
  });

  it('scan again if the kept scan is damaged', async (t) => {
    const bench = await stageBench(t);
    const file = await bench.recording();
    await cancelledAt(bench, file, extracting, 1, quickly);
    const workspace = await bench.workspace(file);
    const bytes = await readFile(workspace.path('scan.bin'));
    await writeFile(workspace.path('scan.bin'), bytes.subarray(0, bytes.length - 1));
    assert.equal((await rankThumbnails(file, 3, bench.attempt(), quickly)).candidates.length, 3);
    assert.ok(bench.progress.some(({ note }) => scanning.test(note)));
  });

  it('redo a ranking made without the pose model once the model is switched on', async (t) => {
    const bench = await stageBench(t);
    const file = await bench.recording();
    const without = await rankThumbnails(file, 3, bench.attempt(), quickly);
    assert.ok(without.candidates.every(({ players }) => !players));
    assert.match(without.notes.join(), /switched off/);
    const withPose = await rankThumbnails(file, 3, bench.attempt());
    assert.ok(withPose.candidates.every(({ players }) => players));
    assert.deepEqual(withPose.notes, []);
  });
});
