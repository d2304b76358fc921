import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it, type TestContext } from 'node:test';
import { startNode } from '../../support/node-process.ts';
import { type PublishBench, publishBench } from './publish-bench.ts';

const script = new URL('./killed-uploader.ts', import.meta.url);
const atOnce = 3;

const start = (t: TestContext, bench: PublishBench, ...at: string[]) =>
  startNode(t, script, bench.dataFolder, bench.url, bench.file, ...at);

/** Another process resumes where the killed one stopped, and the channel holds the match once, as it should. */
async function resumes(bench: PublishBench, what: string): Promise<void> {
  const later = { ...bench.attempt(), attempt: { line: 'the next one', place: [1, 1] as const } };
  const { warnings } = await bench.upload({ playlistPerTournament: true }, later);
  const { bytes, privacy, hasCustomThumbnail } = await bench.onlyVideo();
  assert.ok(bytes.equals(await readFile(bench.file)), what);
  assert.deepEqual([privacy, hasCustomThumbnail, warnings], ['unlisted', true, []], what);
  const once = ['playlists.insert', 'playlistItems.insert'];
  for (const call of once) assert.equal(bench.calls.filter((made) => made === call).length, 1, `${call} ${what}`);
  assert.equal(bench.store.ledger.all().length, 1, what);
}

async function inTurns(works: readonly (() => Promise<void>)[]): Promise<void> {
  const left = [...works];
  const worker = async () => {
    for (let work = left.shift(); work; work = left.shift()) await work();
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

describe('an uploading process killed with kill -9', () => {
  it('between any two changes on the disk: never a second video', async (t) => {
    const whole = await publishBench(t, 2);
    const changes = Number(await start(t, whole).line());
    assert.ok(changes >= 8, `${changes} changes`);
    const points = Array.from({ length: changes }, (_, n) => [String(n + 1), 'before']);
    await inTurns(
      [...points, [String(changes), 'after']].map((point) => async () => {
        const bench = await publishBench(t, 2);
        const { child, ended } = start(t, bench, ...point);
        await ended;
        assert.equal(child.signalCode, 'SIGKILL');
        await resumes(bench, `killed ${point[1]} change ${point[0]}`);
      }),
    );
  });

  it('while each of its requests is answered: never a second video', async (t) => {
    const whole = await publishBench(t, 2);
    await whole.upload({ playlistPerTournament: true });
    await inTurns(
      whole.calls.map((call, index) => async () => {
        const bench = await publishBench(t, 2);
        const uploader = start(t, bench);
        bench.faults = () => {
          if (bench.calls.length !== index + 1) return undefined;
          uploader.child.kill('SIGKILL');
          return { kind: 'loseAnswer' };
        };
        await uploader.ended;
        bench.faults = undefined;
        await resumes(bench, `killed at ${call}, request ${index + 1}`);
      }),
    );
  });
});
