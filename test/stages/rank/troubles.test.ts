import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rankThumbnails } from '../../../src/stages/rank/index.ts';
import { rankingRecord } from '../../../src/stages/records.ts';
import { hasEnded } from '../../child/processes.ts';
import { childrenOf, startProcessesAnew } from '../../support/children.ts';
import { leftovers, stageBench, stageError } from '../../support/stage-bench.ts';

const quickly = { withoutPose: true };
/** More pictures than the decoder may be ahead of its parent: it is never done when the first is reported. */
const count = 12;

describe('trouble with the decoder process while ranking', () => {
  for (const signal of ['SIGKILL', 'SIGSEGV'] as const) {
    for (const [pass, note] of [
      ['looks through the recording', /looked at/],
      ['takes the pictures', /extracting the best/],
    ] as const) {
      it(`is an error that says so when it dies by ${signal} while it ${pass}, and the next attempt succeeds`, async (t) => {
        const bench = await stageBench(t);
        const file = await bench.recording();
        startProcessesAnew();
        const before = new Set(childrenOf(process.pid));
        const killed: number[] = [];
        const report = (progress: { note: string }) => {
          if (!note.test(progress.note) || killed.length > 0) return;
          killed.push(...childrenOf(process.pid).filter((pid) => !before.has(pid)));
          for (const pid of killed) process.kill(pid, signal);
        };
        const ranking = rankThumbnails(file, count, { ...bench.attempt(), report }, quickly);
        await assert.rejects(ranking, stageError('DECODER_FAILED', new RegExp(signal)));
        assert.equal(killed.length, 1);
        assert.ok(killed.every(hasEnded));
        assert.equal((await bench.workspace(file)).read(rankingRecord), undefined);
        assert.deepEqual(leftovers(bench.dataFolder), []);
        assert.equal((await rankThumbnails(file, count, bench.attempt(), quickly)).candidates.length, count);
      });
    }
  }

  it('is an error that says so when it hangs or uses too much memory', async (t) => {
    const bench = await stageBench(t);
    const file = await bench.recording();
    for (const [decoderLimits, message] of [
      [{ stallTimeoutMs: 20 }, /hung: it showed no sign of life/],
      // Memory is checked eight times within a stall timeout: here before a process can have done its work.
      [{ memoryLimitBytes: 1e6, stallTimeoutMs: 400 }, /used \d+ MB of memory, more than its 1 MB/],
    ] as const) {
      startProcessesAnew();
      const before = new Set(childrenOf(process.pid));
      await assert.rejects(
        rankThumbnails(file, 3, bench.attempt(), { ...quickly, decoderLimits }),
        stageError('DECODER_FAILED', message),
      );
      assert.deepEqual(
        childrenOf(process.pid).filter((pid) => !before.has(pid)),
        [],
      );
    }
    assert.equal((await rankThumbnails(file, 3, bench.attempt(), quickly)).candidates.length, 3);
  });
});
