import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { StageError } from '../../../src/domain/errors.ts';
import { parseRevision } from '../../../src/domain/revision.ts';
import type { RevisionOrder } from '../../../src/domain/revision-order.ts';
import type { FaultRequest } from '../../../src/local-youtube/fault.ts';
import { publicationRecord, revisionsRecord, thumbnailFile } from '../../../src/stages/records.ts';
import { unitsAtMost } from '../../../src/stages/revise/cost.ts';
import { lookAtPublished, reviseVideo } from '../../../src/stages/revise/index.ts';
import { targetOfRevision } from '../../../src/stages/revise/where.ts';
import type { YouTube } from '../../../src/youtube/channel.ts';
import { stageError } from '../../support/stage-bench.ts';
import { publishBench, uploadOptions } from '../upload/publish-bench.ts';

const options = { ...uploadOptions, timeZone: 'Asia/Ho_Chi_Minh' };

/** A published match, and a way to change it on YouTube by hand. */
async function published(t: TestContext, changes: Partial<typeof uploadOptions> = {}) {
  const bench = await publishBench(t);
  await bench.upload(changes);
  const { videoId, path: inside } = await bench.space();
  const { id: youtubeId } = await bench.onlyVideo();
  let orders = 0;
  const order = (wishes: Partial<RevisionOrder> & { readonly id?: string } = {}): RevisionOrder => {
    orders += 1;
    return { id: `order-${orders}`, revision: {}, ...wishes };
  };
  const revise = (wishes: Partial<RevisionOrder>, youtube: YouTube = bench.youtube) =>
    reviseVideo(videoId, order(wishes), options, youtube, bench.attempt());
  const byHand = async (change: Parameters<YouTube['changeVideo']>[2]) => {
    const read = (await bench.youtube.getEditable(youtubeId)) ?? assert.fail('it is there');
    await bench.youtube.changeVideo(youtubeId, read, change);
  };
  const shown = async () => (await bench.youtube.getEditable(youtubeId)) ?? assert.fail('it is there');
  const picture = { file: thumbnailFile, drawnFrom: 'another', frame: 'a.jpg', template: 'sidebar', theme: 'blue' };
  const setRehearsal = (content: object) =>
    writeFile(path.join(bench.folder, 'youtube', 'rehearsal.json'), JSON.stringify(content));
  const record = async () => (await bench.space()).read(publicationRecord('local')) ?? assert.fail('published');
  const entries = async () => (await bench.space()).read(revisionsRecord('local'))?.revisions ?? [];
  return {
    ...bench,
    setFaults: (faults: typeof bench.faults) => {
      bench.faults = faults;
    },
    videoId,
    youtubeId,
    inside,
    order,
    revise,
    byHand,
    shown,
    picture,
    setRehearsal,
    record,
    entries,
  };
}

test('changes only what was asked, keeps what a person changed on YouTube, and counts each unit', async (t) => {
  const { revise, byHand, shown, calls, store, youtube, youtubeId, record } = await published(t);
  const tags = (await shown()).writable.snippet.tags;
  await byHand({ description: 'By hand' });
  const spent = store.quota.today('local', options.quota).spent.units;
  calls.length = 0;
  const report = await revise({ revision: { title: 'A new title' } });
  assert.equal(report.outcome, 'revised');
  assert.deepEqual(
    report.changes.map(({ field, after }) => [field, after]),
    [['title', 'A new title']],
  );
  const after = await shown();
  assert.deepEqual([after.title, after.description], ['A new title', 'By hand']);
  assert.deepEqual(after.writable.snippet.tags, tags, 'the id tag is still there');
  assert.deepEqual(calls.slice(0, 3), ['videos.list', 'videos.update', 'videos.list']);
  assert.equal(store.quota.today('local', options.quota).spent.units - spent, 52);
  assert.equal(store.quota.today('local', options.quota).reserved.units, 0);
  assert.equal((await record()).title, 'A new title');
  assert.equal(store.ledger.all()[0]?.title, 'A new title');
  assert.equal((await youtube.getVideo(youtubeId))?.hasCustomThumbnail, true);

  const again = await revise({ revision: { title: 'A new title' } });
  assert.equal(again.outcome, 'unchanged');
  assert.equal((await revise({ revision: { title: 'A third' } })).outcome, 'revised', 'its own change is no conflict');
});

test('a revision whose client names no YouTube stays where it has begun, or else where the video is', async (t) => {
  const { revise, space, store, videoId, record, order } = await published(t);
  const { id } = order();
  assert.equal(targetOfRevision(store, videoId, id), 'local', 'it is nowhere else');
  const publication = await record();
  (await space()).write(publicationRecord('youtube'), publication);
  assert.equal(targetOfRevision(store, videoId, id), undefined, 'then what is set decides');
  await revise({ id, revision: { title: 'Begun' } });
  assert.equal(targetOfRevision(store, videoId, id), 'local');
});

test('shows a conflict, changes nothing, and overwrites when told to; puts back what it was', async (t) => {
  const { revise, byHand, shown, calls, entries } = await published(t);
  await byHand({ title: 'By hand' });
  calls.length = 0;
  const { outcome, conflicts } = await revise({ revision: { title: 'Asked', privacy: 'public' } });
  assert.equal(outcome, 'conflict');
  assert.deepEqual(
    conflicts.map(({ field, now, asked }) => [field, now, asked]),
    [['title', 'By hand', 'Asked']],
  );
  assert.deepEqual(calls, ['videos.list']);
  assert.deepEqual([(await shown()).title, (await shown()).privacy], ['By hand', 'unlisted']);

  assert.equal((await revise({ revision: { title: 'Asked', privacy: 'public' }, force: true })).outcome, 'revised');
  assert.deepEqual([(await shown()).title, (await shown()).privacy], ['Asked', 'public']);
  assert.equal((await revise({ putBack: true })).outcome, 'revised');
  assert.deepEqual([(await shown()).title, (await shown()).privacy], ['By hand', 'unlisted']);
  await revise({ putBack: true });
  assert.deepEqual([(await shown()).title, (await shown()).privacy], ['Asked', 'public'], 'and back again');
  assert.equal((await entries()).length, 3);
});

test('a record of an earlier version does not know the description: it is shown before it is overwritten', async (t) => {
  const { revise, space, record } = await published(t);
  const { description: _, ...earlier } = await record();
  (await space()).write(publicationRecord('local'), earlier);
  const { outcome, conflicts } = await revise({ revision: { description: 'New' } });
  assert.equal(outcome, 'conflict');
  assert.equal(conflicts[0]?.published, undefined);
  assert.match(conflicts[0]?.now ?? '', /#badminton/);
  assert.equal((await revise({ revision: { description: 'New' }, force: true })).outcome, 'revised');
});

test('sets a thumbnail within the cost that was said, and puts the one before back', async (t) => {
  const { revise, picture, inside, store, youtubeId, url } = await published(t);
  const shownPicture = async () => Buffer.from(await (await fetch(`${url}vi/${youtubeId}/thumbnail`)).arrayBuffer());
  const first = await shownPicture();
  const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(99, 5)]);
  await writeFile(inside('other.jpg'), jpeg);
  // What the stage "select" leaves.
  await writeFile(inside('selection.json'), JSON.stringify({ version: 1, frame: 'first.jpg', time: 1 }));
  const revision = { title: 'T', description: 'D', thumbnail: {} };
  const spent = store.quota.today('local', options.quota).spent.units;
  await revise({ revision, picture: { ...picture, file: 'other.jpg' } });
  const used = store.quota.today('local', options.quota).spent.units - spent;
  assert.deepEqual([used, unitsAtMost(revision)], [102, 103]);
  assert.deepEqual(await shownPicture(), jpeg);
  assert.equal((await revise({ putBack: true })).outcome, 'revised');
  assert.deepEqual(await shownPicture(), first);
});

test('moves it from one playlist to another, and out of all; never creates one', async (t) => {
  const { revise, youtube, youtubeId, store } = await published(t, { playlistPerTournament: true });
  const title = store.playlists.find('Friendly Game', 'local') ? 'Friendly Game' : 'Cafe Game';
  const before = store.playlists.find(title, 'local')?.playlistId ?? assert.fail('it is in a playlist');
  const finals = await youtube.createPlaylist('Finals', 'public');
  const isIn = async (id: string) => youtube.isInPlaylist(id, youtubeId);
  const spent = store.quota.today('local', options.quota).spent.units;
  const { unitsAtMost: most } = await revise({ revision: { playlist: 'Finals' } });
  const used = store.quota.today('local', options.quota).spent.units - spent;
  assert.deepEqual([await isIn(before), await isIn(finals), used], [false, true, 105]);
  assert.ok(used <= most);
  assert.equal(unitsAtMost({ title: 'T', thumbnail: {}, playlist: 'Finals' }), 103 + 102);
  await revise({ putBack: true });
  assert.deepEqual([await isIn(before), await isIn(finals)], [true, false]);
  await revise({ revision: { playlist: '' } });
  assert.deepEqual([await isIn(before), await isIn(finals)], [false, false]);
  await assert.rejects(revise({ revision: { playlist: 'Nowhere' } }), stageError('PLAYLIST_REJECTED', /"Nowhere"/));
});

test('changes the time of publishing while it is scheduled, and says that YouTube takes it at no other time', async (t) => {
  const { revise, shown, setRehearsal } = await published(t, {
    privacy: 'public',
    publishTime: { at: '18:00', timeZone: 'Asia/Ho_Chi_Minh' },
  });
  const planned = (await shown()).publishAt ?? assert.fail('it is scheduled');
  const later = new Date(Date.parse(planned) + 3_600_000).toISOString();
  const report = await revise({ revision: parseRevision({ publishAt: later }) });
  assert.deepEqual([report.outcome, (await shown()).publishAt], ['revised', later]);
  await revise({ revision: { publishAt: 'now' } });
  assert.deepEqual([(await shown()).privacy, (await shown()).publishAt], ['public', undefined]);
  await setRehearsal({});
  const refused = await revise({ revision: { publishAt: later, title: 'T' } });
  assert.equal(refused.outcome, 'refused');
  assert.match(refused.refused[0]?.problem ?? '', /only while a video is still scheduled; this one is public/);
  const back = await revise({ putBack: true });
  assert.equal(back.outcome, 'refused');
});

test('says that the video was deleted, or belongs to another channel than the one signed in', async (t) => {
  const { revise, setRehearsal, url, youtubeId } = await published(t);
  await setRehearsal({ otherChannel: true });
  const wrongOne = stageError('UPLOAD_REJECTED', /belongs to another channel than "Another rehearsal channel"/);
  await assert.rejects(revise({ revision: { title: 'T' } }), wrongOne);
  await setRehearsal({});
  await revise({ revision: { privacy: 'private' } });
  await setRehearsal({ otherChannel: true });
  await assert.rejects(revise({ revision: { title: 'T' } }), wrongOne);
  await setRehearsal({});
  const deleted = `${url}youtube/v3/videos?id=${youtubeId}`;
  assert.equal((await fetch(deleted, { method: 'DELETE', headers: { authorization: 'Bearer x' } })).status, 204);
  await assert.rejects(
    revise({ revision: { title: 'T' } }),
    stageError('PUBLISH_NOT_CONFIRMED', /was deleted on YouTube/),
  );
});

test('looks without changing anything, and refuses what was never published', async (t) => {
  const { videoId, order, youtube, attempt, calls, store } = await published(t);
  calls.length = 0;
  const asked = order({ revision: { title: 'T' } });
  const {
    outcome,
    changes,
    unitsAtMost: most,
    shown,
    canPutBack,
  } = await lookAtPublished(videoId, asked, options, youtube, attempt());
  assert.deepEqual([outcome, changes[0]?.after, most, canPutBack, calls], ['looked', 'T', 53, false, ['videos.list']]);
  assert.equal(shown.privacy, 'unlisted');
  const unknown = reviseVideo('video-0000000000000000', asked, options, youtube, attempt());
  await assert.rejects(unknown, stageError('STAGE_ORDER', /Nothing of video-0000000000000000/));
  const back = order({ putBack: true });
  await assert.rejects(
    reviseVideo(videoId, back, options, youtube, attempt()),
    stageError('METADATA_INVALID', /nothing to put back/),
  );
  assert.ok(store.quota.today('local', options.quota).reserved.units === 0);
});

test('stopped before or after any call, it does each visible change once', async (t) => {
  for (let stopAt = 0; stopAt < 7; stopAt += 1) {
    for (const when of ['before', 'after'] as const) {
      await t.test(`stopped ${when} call ${stopAt + 1}`, async (inner) => {
        const bench = await published(inner);
        const finals = await bench.youtube.createPlaylist('Finals', 'public');
        const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(99, 5)]);
        await writeFile(bench.inside('other.jpg'), jpeg);
        const asked = bench.order({
          revision: { title: 'Once', privacy: 'public', playlist: 'Finals', thumbnail: {} },
          picture: { ...bench.picture, file: 'other.jpg' },
        });
        const requests: FaultRequest['call'][] = [];
        let count = 0;
        let isStopped = false;
        bench.setFaults(({ call }: FaultRequest) => {
          count += 1;
          isStopped ||= count > stopAt;
          if (count === stopAt + 1 && when === 'after') {
            requests.push(call);
            return { kind: 'loseAnswer' };
          }
          if (isStopped) return { kind: 'drop', afterBytes: 0 };
          requests.push(call);
          return undefined;
        });
        const first = await reviseVideo(bench.videoId, asked, options, bench.youtube, bench.attempt()).then(
          () => 'done',
          (error: unknown) => (error instanceof StageError ? error.code : error),
        );
        bench.setFaults(({ call }) => {
          requests.push(call);
          return undefined;
        });
        const { outcome } = await reviseVideo(bench.videoId, asked, options, bench.youtube, bench.attempt());
        bench.setFaults(undefined);
        assert.equal(first, 'UPLOAD_INTERRUPTED');
        assert.equal(outcome, 'revised');
        const { title, privacy } = await bench.shown();
        assert.deepEqual([title, privacy], ['Once', 'public']);
        const made = (call: string) => requests.filter((one) => one === call).length;
        assert.deepEqual([made('videos.update'), made('playlistItems.insert')], [1, 1]);
        assert.ok(made('thumbnails.set') <= 2, 'the same picture may be sent again: that shows nothing new');
        const picture = await fetch(`${bench.url}vi/${bench.youtubeId}/thumbnail`);
        assert.deepEqual(Buffer.from(await picture.arrayBuffer()), jpeg);
        assert.ok(await bench.youtube.isInPlaylist(finals, bench.youtubeId));
        assert.equal((await bench.entries()).length, 1);
        assert.equal((await readFile(bench.inside('publication-local.json'), 'utf8')).includes('Once'), true);
      });
    }
  }
});
