import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { StageError } from '../../src/domain/errors.ts';
import { parseRevision } from '../../src/domain/revision.ts';
import { planRevision, type Texts } from '../../src/domain/revision-plan.ts';

const now = Date.parse('2026-11-01T00:00:00Z');
const soon = '2026-11-02T00:00:00.000Z';
const later = '2026-11-03T00:00:00.000Z';
const past = '2026-10-01T00:00:00.000Z';
const published: Texts = { title: 'A vs B', description: 'Text', privacy: 'public' };

describe('a revision', () => {
  it('holds only what is asked for, and is refused in words', () => {
    assert.deepEqual(parseRevision({ title: '  New  title ', privacy: null }), { title: 'New title' });
    const problem = (value: unknown) => {
      try {
        return JSON.stringify(parseRevision(value));
      } catch (error) {
        assert.ok(error instanceof StageError && error.code === 'METADATA_INVALID');
        return error.message;
      }
    };
    assert.match(problem({ titel: 'x' }), /unknown: titel; known fields are title, description/);
    assert.match(problem({ title: '<b>' }), /"<" or ">"/);
    assert.match(problem({ privacy: 'public', publishAt: later }), /not both/);
    assert.match(problem({ thumbnail: { frame: 'a.jpg', atSeconds: 3 } }), /not both/);
    assert.match(problem('x'), /must be an object/);
  });

  it('changes what is as it was published, and leaves everything else', () => {
    const shown = { ...published, description: 'Changed on YouTube' };
    const { wanted, changes, conflicts } = planRevision({ title: 'C vs D' }, published, shown, { now });
    assert.deepEqual(wanted, { ...shown, title: 'C vs D' });
    assert.deepEqual(changes, [{ field: 'title', before: 'A vs B', after: 'C vs D' }]);
    assert.deepEqual(conflicts, []);
  });

  it('shows a conflict, and overwrites only when told to', () => {
    const shown = { ...published, title: 'Changed on YouTube' };
    const asked = { title: 'C vs D' };
    const plan = planRevision(asked, published, shown, { now });
    const conflict = { field: 'title', published: 'A vs B', now: 'Changed on YouTube', asked: 'C vs D' };
    assert.deepEqual([plan.conflicts, plan.changes, plan.wanted], [[conflict], [], shown]);
    const forced = planRevision(asked, published, shown, { now, force: true });
    assert.deepEqual([forced.conflicts, forced.wanted.title], [[], 'C vs D']);
  });

  it('takes what nobody knows to be unchanged for a conflict, and what is as asked for no change', () => {
    const { description: _, ...titleOnly } = published;
    const plan = planRevision({ description: 'New' }, titleOnly, published, { now });
    assert.deepEqual(plan.conflicts, [{ field: 'description', now: 'Text', asked: 'New' }]);
    const same = planRevision({ title: 'Same' }, published, { ...published, title: 'Same' }, { now });
    assert.deepEqual([same.changes, same.conflicts], [[], []]);
  });

  it('takes a time of publishing only while the video is still scheduled', () => {
    const scheduled: Texts = { ...published, privacy: 'private', publishAt: soon };
    const ours = { ...published, publishAt: soon };
    const plan = planRevision({ publishAt: later }, ours, scheduled, { now });
    assert.deepEqual([plan.wanted.publishAt, plan.wanted.privacy, plan.conflicts], [later, 'private', []]);
    assert.deepEqual(planRevision({ publishAt: 'now' }, ours, scheduled, { now }).wanted.privacy, 'public');
    assert.equal(planRevision({ privacy: 'unlisted' }, ours, scheduled, { now }).wanted.publishAt, undefined);
    for (const [asked, shown, words] of [
      [{ publishAt: later }, published, /only while a video is still scheduled; this one is public/],
      [{ publishAt: later }, { ...published, privacy: 'private' }, /this one is private/],
      [{ publishAt: past }, scheduled, /in the past/],
    ] as const) {
      const { refused, changes } = planRevision(asked, ours, shown, { now });
      assert.deepEqual([refused.length, changes.length], [1, 0]);
      assert.match(refused[0]?.problem ?? '', words);
    }
  });

  it('knows that a scheduled video is public once its time has come', () => {
    const ours = { ...published, publishAt: past };
    const { conflicts, changes } = planRevision({ privacy: 'unlisted' }, ours, published, { now });
    assert.deepEqual([conflicts, changes[0]?.after], [[], 'unlisted']);
  });

  it('never changes what was not asked for, and either changes, keeps or shows what was', () => {
    const text = fc.constantFrom('a', 'b', 'c');
    const privacy = fc.constantFrom('public' as const, 'unlisted' as const, 'private' as const);
    const texts = fc.record({ title: text, description: text, privacy });
    const wishes = fc.record({ title: text, description: text, privacy }, { requiredKeys: [] });
    fc.assert(
      fc.property(wishes, texts, texts, fc.boolean(), (asked, ours, shown, force) => {
        const { wanted, changes, conflicts } = planRevision(asked, ours, shown, { now, force });
        for (const field of ['title', 'description', 'privacy'] as const) {
          const wish = asked[field];
          const isFree = force || ours[field] === shown[field];
          assert.equal(wanted[field], wish !== undefined && isFree ? wish : shown[field]);
        }
        const different = (['title', 'description', 'privacy'] as const).filter(
          (field) => asked[field] !== undefined && asked[field] !== shown[field],
        );
        assert.equal(changes.length + conflicts.length, different.length);
        if (force) assert.equal(conflicts.length, 0);
      }),
    );
  });
});
