import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { StageError } from '../../src/domain/errors.ts';
import { quotaReset } from '../../src/domain/quota.ts';
import { openStore } from '../../src/workspace/store.ts';
import { atEnd, temporaryFolder } from '../support/clean-up.ts';
import { stageError } from '../support/stage-bench.ts';

const limits = { units: 10_000, uploads: 100 };
/** Thumbnail, playlist and update at 50 units each, and one read. */
const whole = { units: 151, uploads: 1 };
const morning = Date.parse('2026-11-24T17:00:00Z');
const hour = 3_600_000;

async function open(t: TestContext) {
  const folder = await temporaryFolder(t);
  const clock = { now: morning };
  const another = () => {
    const store = openStore(folder, () => clock.now);
    atEnd(t, () => store.close());
    return store.quota;
  };
  return { clock, quota: another(), another };
}

/** When the video's turn comes; undefined: it is its turn now. */
function turn(reserve: () => void): string | undefined {
  try {
    reserve();
    return undefined;
  } catch (error) {
    assert.ok(error instanceof StageError && error.remedy === 'retry' && error.notBefore !== undefined);
    return new Date(error.notBefore).toISOString();
  }
}

describe("YouTube's daily quota", () => {
  it('lets 66 whole videos through a day, and 100 that need nothing but the upload', async (t) => {
    const { quota } = await open(t);
    const through = (target: 'local' | 'youtube', cost: typeof whole) =>
      Array.from({ length: 120 }, (_, n) => turn(() => quota.reserve(target, `video-${n}`, cost, limits))).filter(
        (wait) => wait === undefined,
      ).length;
    assert.equal(through('youtube', whole), 66);
    assert.equal(through('local', { units: 1, uploads: 1 }), 100, 'a rehearsal has a count of its own');
  });

  it('spreads 300 videos over five days, in the order in which they asked', async (t) => {
    const { quota, clock } = await open(t);
    const ask = (video: string) => turn(() => quota.reserve('youtube', video, whole, limits));
    const videos = Array.from({ length: 300 }, (_, n) => `video-${n}`);
    const waits = new Map(videos.map((video) => [video, ask(video)]));
    assert.equal(waits.get('video-66'), '2026-11-25T08:00:00.000Z');
    assert.equal(waits.get('video-67'), '2026-11-25T08:00:01.000Z', 'one after the other');
    assert.equal(waits.get('video-299')?.slice(0, 10), '2026-11-28');
    const days: number[] = [];
    for (let left = videos; left.length > 0; clock.now = quotaReset(clock.now) + 120_000) {
      // They come back when their turn comes, the latest first: the order does not depend on who wakes up first.
      const due = left.filter((video) => Date.parse(waits.get(video) ?? '1970') <= clock.now).reverse();
      const through = due.filter((video) => ask(video) === undefined);
      for (const video of through) {
        quota.spend('youtube', whole, video);
        quota.release('youtube', video);
      }
      assert.deepEqual(through.reverse(), left.slice(0, through.length), 'nobody overtakes');
      days.push(through.length);
      left = left.slice(through.length);
    }
    assert.deepEqual(days, [66, 66, 66, 66, 36]);
  });

  it('names what was refused: units, or uploads', async (t) => {
    const { quota, clock } = await open(t);
    const ask = () => quota.reserve('youtube', 'video-a', whole, limits);
    quota.refuse('youtube', 'units', clock.now + hour);
    assert.throws(ask, stageError('QUOTA_EXHAUSTED', /quota of its API is used up/));
    quota.refuse('youtube', 'uploads', clock.now + 2 * hour);
    assert.throws(ask, stageError('UPLOAD_LIMIT_REACHED', /no more uploads from this channel/));
  });

  it('counts what several processes spend, and keeps what is promised across midnight', async (t) => {
    const { quota, another, clock } = await open(t);
    const other = another();
    quota.reserve('youtube', 'video-a', whole, limits);
    other.spend('youtube', { units: 0, uploads: 1 }, 'video-a');
    quota.spend('youtube', { units: 50, uploads: 0 }, 'video-a');
    const before = other.today('youtube', limits);
    assert.deepEqual(before.spent, { units: 50, uploads: 1 });
    assert.deepEqual(before.reserved, { units: 101, uploads: 0 });
    assert.equal(before.resetsAt, '2026-11-25T08:00:00.000Z');
    clock.now += 24 * hour;
    const after = other.today('youtube', limits);
    assert.deepEqual(
      [after.spent, after.reserved],
      [
        { units: 0, uploads: 0 },
        { units: 101, uploads: 0 },
      ],
    );
    quota.release('youtube', 'video-a');
    assert.deepEqual(other.today('youtube', limits).reserved, { units: 0, uploads: 0 });
  });

  it('lets a video continue with what it was promised, however many are waiting', async (t) => {
    const { quota } = await open(t);
    quota.reserve('youtube', 'video-a', whole, limits);
    for (let n = 0; n < 80; n++) turn(() => quota.reserve('youtube', `video-${n}`, whole, limits));
    quota.reserve('youtube', 'video-a', { units: 101, uploads: 0 }, limits);
    assert.equal(quota.today('youtube', limits).waiting, 15);
  });

  it('strands no video that has been started, however often all of them ask', async (t) => {
    const { quota } = await open(t);
    const begun: string[] = [];
    for (let n = 0; n < 70; n++) {
      const video = `video-${n}`;
      if (turn(() => quota.reserve('youtube', video, whole, limits)) !== undefined) continue;
      begun.push(video);
      quota.spend('youtube', { units: 0, uploads: 1 }, video);
      quota.spend('youtube', { units: 50, uploads: 0 }, video);
      for (let question = 0; question < 10; question++) quota.spend('youtube', { units: 1, uploads: 0 }, video);
    }
    assert.equal(begun.length, 61, 'the questions of those before cost five videos');
    for (const video of begun) quota.reserve('youtube', video, { units: 101, uploads: 0 }, limits, true);
    const { spent, reserved } = quota.today('youtube', limits);
    assert.ok(spent.units + reserved.units <= limits.units);
  });

  it('gives the turn of a video that never came back to the next one', async (t) => {
    const { quota, clock } = await open(t);
    const small = { units: 181, uploads: 1 };
    const ask = (video: string) => turn(() => quota.reserve('youtube', video, whole, small));
    assert.deepEqual(
      [ask('a'), ask('gone')?.slice(0, 10), ask('c')?.slice(0, 10)],
      [undefined, '2026-11-25', '2026-11-26'],
    );
    quota.spend('youtube', whole, 'a');
    clock.now = Date.parse('2026-11-25T09:00:00Z');
    assert.equal(ask('c'), undefined);
  });

  it('believes YouTube when it says no, until a person says otherwise', async (t) => {
    const { quota, clock } = await open(t);
    quota.refuse('youtube', 'uploads', morning + 24 * hour);
    const ask = () => turn(() => quota.reserve('youtube', 'video-a', whole, limits));
    assert.equal(ask(), new Date(morning + 24 * hour).toISOString());
    assert.equal(quota.today('youtube', limits).refusedUntil, new Date(morning + 24 * hour).toISOString());
    quota.reserve('youtube', 'video-b', { units: 101, uploads: 0 }, limits);
    quota.allow('youtube');
    assert.equal(ask(), undefined);
    quota.refuse('youtube', 'units', clock.now + hour);
    clock.now += hour;
    assert.equal(
      turn(() => quota.reserve('youtube', 'video-c', whole, limits)),
      undefined,
    );
  });

  it('says so when a day has no room for one video', async (t) => {
    const { quota } = await open(t);
    assert.throws(() => quota.reserve('youtube', 'video-a', whole, { units: 150, uploads: 1 }), {
      code: 'QUOTA_EXHAUSTED',
      remedy: 'fix',
    });
  });
});
