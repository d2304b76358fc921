import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readConfig } from '../../../src/app/config.ts';
import { atSwitch } from '../../../src/app/publish-target/at-switch.ts';
import { costOfRehearsed } from '../../../src/app/rehearsed/cost.ts';
import { publishRehearsed } from '../../../src/app/rehearsed/publish-rehearsed.ts';
import { rehearsedVideos } from '../../../src/app/rehearsed/rehearsed-videos.ts';
import { describeCost } from '../../../src/domain/rehearsed-cost.ts';
import { videoIdOf } from '../../../src/domain/video-id.ts';
import {
  type PreparedRecord,
  type PublicationRecord,
  preparedRecord,
  publicationRecord,
  rankingRecord,
  selectionRecord,
  thumbnailRecord,
} from '../../../src/stages/records.ts';
import { rehearsedWishes } from '../../../src/stages/rehearsal/wishes.ts';
import type { StartVideo, StartWishes } from '../../../src/temporal/client/start.ts';
import { openStore } from '../../../src/workspace/store.ts';
import { openWorkspace, type Workspace } from '../../../src/workspace/workspace.ts';
import { temporaryFolder } from '../../support/clean-up.ts';

const ids = (count: number) => Array.from({ length: count }, (_, index) => `video-${String(index).padStart(16, '0')}`);

const now = Date.parse('2026-11-20T12:00:00Z');
const match = { matchType: 'ms', teams: [['Khanh'], ['Leo']], tournament: 'Club Night' } as const;
const info = { durationSeconds: 30, width: 640, height: 360, rotation: 0, codec: 'h264', frameRate: 30 };
const candidate = { rank: 1, frame: 'frame-0001000ms.jpg', time: 1, score: 1, why: 'lively' };
const drawn = { template: 'sidebar', theme: 'green', width: 1280, height: 720, drawnFrom: 'digest', warnings: [] };

const preparedOf = (prepared: Partial<PreparedRecord>): PreparedRecord => ({
  ...{ fingerprint: 'f', recording: 'ms_KhanhvsLeo.mov', videoPath: '/in/ms_KhanhvsLeo.mov', recordedOn: '2026-11-19' },
  ...{ info: { ...info, hasAudio: false, sizeBytes: 1000 }, match, alternatives: [], ...prepared },
});

const publishedOf = (published: Partial<PublicationRecord>): PublicationRecord => ({
  ...{ youtubeId: 'a', watchUrl: 'http://127.0.0.1/', title: 'A title of our own', privacy: 'private', sha256: 's' },
  ...{ bytes: 1000, confirmed: true, publishedAt: '2026-11-19T20:00:00Z', thumbnailSet: 'digest' },
  ...{ match, date: '2026-11-19', ...published },
});

/** What becomes of a rehearsal whose records differ from the usual ones as given. */
function wishesOf(
  folder: string,
  published: Partial<PublicationRecord>,
  prepared: Partial<PreparedRecord> = {},
  thumbnail: Partial<typeof drawn> & { frame?: string } = {},
  recording = '/away/ms_KhanhvsLeo.mov',
) {
  const workspace = openWorkspace(folder, 'video-0123456789abcdef', (write) => write());
  workspace.write(preparedRecord, {
    ...{
      fingerprint: 'f',
      recording: 'ms_KhanhvsLeo.mov',
      videoPath: '/in/ms_KhanhvsLeo.mov',
      recordedOn: '2026-11-19',
    },
    ...{ info: { ...info, hasAudio: false, sizeBytes: 1000 }, match, alternatives: [], ...prepared },
  });
  workspace.write(rankingRecord, { topN: 3, withoutPose: false, candidates: [candidate], notes: [] });
  workspace.write(selectionRecord, { frame: candidate.frame, time: 1 });
  workspace.write(thumbnailRecord, { ...drawn, ...thumbnail });
  workspace.write(publicationRecord('local'), publishedOf(published));
  return rehearsedWishes(workspace, { club: { hashtags: [] }, recording, now });
}

test('an odd value of a rehearsal takes nothing else with it, and what cannot be taken over is told', async (t) => {
  const folder = await temporaryFolder(t);
  const rest = { title: 'A title of our own', privacy: 'private' };
  const told = { matchType: 'ms', teams: match.teams, tournament: match.tournament };
  assert.deepEqual(wishesOf(folder, {}).corrections, { ...told, date: '2026-11-19', ...rest });
  const fat = { date: '1980-01-01' };
  assert.deepEqual(wishesOf(folder, fat, { recordedOn: fat.date }).corrections, { ...told, ...rest });
  const longName = 'Long '.repeat(24).trim();
  for (const name of ['Leo <3', longName]) {
    const odd = { ...match, tournament: 'Cafe Game', teams: [['Khanh'], [name]] } as const;
    const named = (recording: string) => wishesOf(folder, { match: odd }, { match: odd }, {}, recording).corrections;
    assert.deepEqual(named(`/in/ms_Khanhvs${name}.mov`), { date: '2026-11-19', ...rest }, 'its name says it');
    assert.throws(() => named('/in/ms_OthervsName.mov'), {
      code: 'METADATA_INVALID',
      message: /^The match that was rehearsed cannot be published as it is: a player's name /,
    });
  }
  for (const [field, wrong] of Object.entries({
    date: '1980-01-01',
    title: '<b>',
    privacy: 'hidden',
    publishAt: 'soon',
  }))
    assert.throws(() => wishesOf(folder, { [field]: wrong }), { code: 'METADATA_INVALID' }, field);
});

test('a rehearsal is published as it was to be seen by now', async (t) => {
  const folder = await temporaryFolder(t);
  const visibility = (privacy: string, publishAt?: string) => {
    const { corrections } = wishesOf(folder, { privacy, publishAt });
    return [corrections?.privacy, corrections?.publishAt];
  };
  assert.deepEqual(visibility('unlisted'), ['unlisted', undefined]);
  assert.deepEqual(visibility('private', '2026-11-20T11:00:00Z'), ['public', 'now'], 'scheduled by a revision');
  assert.deepEqual(visibility('public', '2026-11-20T11:00:00Z'), ['public', 'now'], 'not at the club’s time again');
  assert.deepEqual(visibility('private', '2026-11-20T13:00:00Z'), [undefined, '2026-11-20T13:00:00.000Z']);
});

test('a frame and a look are taken over only where they are those of the rehearsal, crop included', async (t) => {
  const folder = await temporaryFolder(t);
  const crop = { x: 0.1, y: 0.1, width: 0.8, height: 0.8 };
  const shown = (...[published, thumbnail]: [Partial<PublicationRecord>, Parameters<typeof wishesOf>[3]?]) => {
    const { choice, look } = wishesOf(folder, published, {}, thumbnail);
    return { choice, look };
  };
  const look = { template: 'sidebar', theme: 'green' };
  assert.deepEqual(shown({}), { choice: { frame: candidate.frame }, look });
  const later = { choice: undefined, look: undefined };
  assert.deepEqual(shown({}, { drawnFrom: 'of a later run' }), later, 'a person is asked');
  assert.deepEqual(shown({}, { frame: 'frame-0012480ms.jpg' }), { choice: { atSeconds: 12.48 }, look });
  const picture = { file: 'revisions/a.jpg', drawnFrom: 'b', frame: candidate.frame, ...look, crop };
  assert.deepEqual(shown({ picture, thumbnailSet: 'b' }), {
    choice: { frame: candidate.frame },
    look: { ...look, crop },
  });
});

test('the sample match is not among what can be published for real, and damaged records are the problem of one video', async (t) => {
  const folder = await temporaryFolder(t);
  const store = openStore(folder);
  t.after(() => store.close());
  const config = readConfig({ BADMINTON_DATA_DIR: folder, BADMINTON_PUBLISH_TARGET: 'youtube' }, folder);
  const rehearse = async (name: string, records: (workspace: Workspace) => void = () => undefined) => {
    const videoPath = path.join(folder, name);
    mkdirSync(path.dirname(videoPath), { recursive: true });
    writeFileSync(videoPath, name);
    const fingerprint = await store.recordings.fingerprint(videoPath);
    const workspace = openWorkspace(store.workspaceRoot, videoIdOf(fingerprint), (write) => write());
    workspace.write(preparedRecord, preparedOf({ fingerprint, recording: path.basename(name), videoPath }));
    workspace.write(publicationRecord('local'), publishedOf({}));
    records(workspace);
    const entry = { fingerprint, youtubeId: name, watchUrl: `http://127.0.0.1/${name}`, title: name };
    store.ledger.enter({
      ...entry,
      target: 'local',
      recording: name,
      publishedAt: `2026-11-19T20:00:0${name.length % 9}Z`,
    });
    return workspace.videoId;
  };
  const damage = (workspace: Workspace) =>
    writeFileSync(workspace.path(publicationRecord('local').file), '{"version":1}');
  const [whole, damaged] = [await rehearse('ms_AvsB.mov'), await rehearse('ms_CvsDamaged.mov', damage)];
  const sample = await rehearse('sample/1/ms_SamplevsMatch.mov');
  const listed = new Map(rehearsedVideos(store, config).map((video) => [video.videoId, video.problem]));
  assert.deepEqual([...listed.keys()].sort(), [whole, damaged].sort());
  assert.equal(listed.get(whole), undefined);
  assert.match(listed.get(damaged) ?? '', /publication-local\.json is damaged.* Move publication-local\.json/);
  const { rehearsed } = await atSwitch({ store, host: { id: 'here' }, config }, 'youtube', undefined);
  assert.equal(rehearsed, 2);

  const started: StartWishes[] = [];
  // As after a switch back to rehearsals while a person looked at the question.
  const startVideo: StartVideo = async (videoPath, wishes = {}) => {
    started.push(wishes);
    const fingerprint = await store.recordings.fingerprint(videoPath);
    const publication = store.ledger.find(fingerprint, 'local') ?? assert.fail('it was rehearsed');
    return { kind: 'published', videoId: videoIdOf(fingerprint), videoPath, publication };
  };
  const publish = (videoId: string) => publishRehearsed({ now: () => config, store, startVideo }, videoId);
  for (const [videoId, why] of [
    [sample, /only for rehearsals/],
    [damaged, /is damaged/],
    [whole, /Videos go to the local YouTube/],
  ] as const) {
    const outcome = await publish(videoId);
    assert.ok(outcome.outcome === 'refused', outcome.outcome);
    assert.match(outcome.problem, why);
  }
  assert.equal(started.length, 1, 'only what can be');
});

test('what publishing rehearsals takes, and over how many days that spreads', async (t) => {
  const folder = await temporaryFolder(t);
  const store = openStore(folder);
  t.after(() => store.close());
  const cost = (count: number, settings: Record<string, string> = {}) =>
    costOfRehearsed(ids(count), store, readConfig({ BADMINTON_DATA_DIR: folder, ...settings }, folder));
  assert.deepEqual(cost(1), { units: 101, uploads: 1, days: 1 });
  // 30 of 10,000 units stay free for questions.
  assert.deepEqual([cost(98).days, cost(99).days], [1, 2]);
  assert.deepEqual(cost(3, { BADMINTON_PLAYLIST: 'tournament' }), { units: 503, uploads: 3, days: 1 });
  assert.equal(cost(5, { BADMINTON_QUOTA_UPLOADS: '2' }).days, 3);
  assert.equal(cost(1, { BADMINTON_QUOTA_UNITS: '100' }).days, undefined);
  store.quota.spend('youtube', { units: 50, uploads: 0 });
  assert.equal(cost(98).days, 1);
  store.quota.spend('youtube', { units: 50, uploads: 0 });
  assert.equal(cost(98).days, 2, 'less of today is left');
  store.quota.refuse('youtube', 'uploads', Date.now() + 3_600_000);
  assert.equal(cost(1).days, 2, 'nothing of today is left');

  const said = describeCost({ ...cost(3, { BADMINTON_QUOTA_UPLOADS: '1' }), videos: 3, channel: 'Club' });
  assert.match(
    said,
    /^3 rehearsed videos will be published on the channel “Club”\. .* 3 uploads and at least 303 units, spread/,
  );
  assert.match(describeCost({ units: 101, uploads: 1, videos: 1, channel: 'Club' }), /more than a whole day’s quota/);
});
