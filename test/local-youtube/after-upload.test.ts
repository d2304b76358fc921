import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { refusal, startClient } from './client.ts';

const hour = 3_600_000;

test("an upload is processed by the server's clock", async (t) => {
  let now = Date.parse('2026-11-23T12:00:00Z');
  const { insert, video } = await startClient(t, { processingMs: 60_000, now: () => now });
  const id = await insert();
  const before = await video(id);
  assert.equal(before.status?.uploadStatus, 'uploaded');
  assert.equal(before.processingDetails?.processingStatus, 'processing');
  assert.equal(before.processingDetails?.processingProgress?.timeLeftMs, '60000');
  assert.equal(before.processingDetails?.thumbnailsAvailability, 'inProgress');
  now += 60_000;
  const after = await video(id);
  assert.equal(after.status?.uploadStatus, 'processed');
  assert.equal(after.processingDetails?.processingStatus, 'succeeded');
  assert.equal(after.fileDetails?.fileSize, '5');
});

test('failed, rejected and a different size are as the script says, and remain so after a restart', async (t) => {
  const first = await startClient(t, {
    processingMs: 0,
    outcome: ({ title }) =>
      title === 'bad'
        ? { status: 'failed', reason: 'codec' }
        : title === 'twice'
          ? { status: 'rejected', reason: 'duplicate', fileSize: 4 }
          : { status: 'processed' },
  });
  const titles = ['good', 'bad', 'twice'];
  const ids: string[] = [];
  for (const title of titles)
    ids.push(await first.insert({ snippet: { title }, status: { privacyStatus: 'private' } }));
  const { video } = await first.restart({ outcome: () => ({ status: 'processed' }) });
  const [good, bad, twice] = await Promise.all(ids.map(video));
  assert.equal(good?.status?.uploadStatus, 'processed');
  assert.deepEqual([bad?.status?.uploadStatus, bad?.status?.failureReason], ['failed', 'codec']);
  assert.equal(bad?.processingDetails?.processingFailureReason, 'transcodeFailed');
  assert.deepEqual([twice?.status?.uploadStatus, twice?.status?.rejectionReason], ['rejected', 'duplicate']);
  assert.equal(twice?.fileDetails?.fileSize, '4');
});

test('a scheduled video is private until its time, then public', async (t) => {
  let now = Date.parse('2026-11-23T12:00:00Z');
  const { insert, video, api, at } = await startClient(t, { now: () => now });
  const publishAt = '2026-11-23T13:00:00.000Z';
  const id = await insert({ snippet: { title: 'Later' }, status: { privacyStatus: 'private', publishAt } });
  const before = (await video(id)).status;
  assert.deepEqual([before?.privacyStatus, before?.publishAt], ['private', publishAt]);
  now += hour;
  const after = (await video(id)).status;
  assert.deepEqual([after?.privacyStatus, after?.publishAt], ['public', undefined]);

  const schedule = (status: object) => api.videos.update({ part: ['status'], requestBody: { id, status } }, at);
  const bad = [400, 'invalidPublishAt', 'youtube.video'];
  assert.deepEqual(await refusal(schedule({ privacyStatus: 'unlisted', publishAt })), bad);
  assert.deepEqual(await refusal(schedule({ privacyStatus: 'private', publishAt: 'tomorrow' })), bad);
  await schedule({ privacyStatus: 'private', publishAt: '2026-11-23T15:00:00+01:00' });
  assert.equal((await video(id)).status?.privacyStatus, 'private');
  now += hour;
  assert.equal((await video(id)).status?.privacyStatus, 'public');
});

test('languages, declarations and recording date are kept, and shown to the owner', async (t) => {
  const { insert, video } = await startClient(t);
  const id = await insert({
    snippet: { title: 'Said', defaultLanguage: 'en', defaultAudioLanguage: 'vi-VN' },
    status: { privacyStatus: 'unlisted', selfDeclaredMadeForKids: true, containsSyntheticMedia: true },
    recordingDetails: { recordingDate: '2024-12-15T00:00:00Z' },
  });
  const { snippet, status, recordingDetails } = await video(id);
  assert.deepEqual([snippet?.defaultLanguage, snippet?.defaultAudioLanguage], ['en', 'vi-VN']);
  assert.deepEqual(
    [status?.selfDeclaredMadeForKids, status?.madeForKids, status?.containsSyntheticMedia],
    [true, true, true],
  );
  assert.equal(recordingDetails?.recordingDate, '2024-12-15T00:00:00Z');
  const unknown = { snippet: { title: 'Said', defaultLanguage: 'English please' } };
  assert.deepEqual(await refusal(insert(unknown)), [400, 'invalidVideoMetadata', 'youtube.video']);
});

test('a new video may show up late in the list of uploads, but is found by its id immediately', async (t) => {
  let now = Date.parse('2026-11-23T12:00:00Z');
  const { insert, video, api, at } = await startClient(t, { listingMs: hour, now: () => now });
  const id = await insert();
  const listed = async () => {
    const request = { playlistId: 'UUlocal-rehearsal-000000', part: ['contentDetails'] };
    const { data } = await api.playlistItems.list(request, at);
    return (data.items ?? []).map((item) => item.contentDetails?.videoId);
  };
  assert.deepEqual(await listed(), []);
  assert.equal((await video(id)).id, id);
  now += hour;
  assert.deepEqual(await listed(), [id]);
});

test('an update keeps the parts that it does not name; a deleted video is gone', async (t) => {
  const { insert, video, api, at } = await startClient(t, { processingMs: 0 });
  const status = {
    privacyStatus: 'unlisted',
    license: 'creativeCommon',
    embeddable: false,
    publicStatsViewable: false,
  };
  const id = await insert({ snippet: { title: 'First', categoryId: '17' }, status });
  const kept = (await video(id)).status;
  assert.deepEqual([kept?.license, kept?.embeddable, kept?.publicStatsViewable], ['creativeCommon', false, false]);
  const snippet = { title: 'Second', categoryId: '17' };
  await api.videos.update({ part: ['snippet'], requestBody: { id, snippet } }, at);
  const after = await video(id);
  assert.deepEqual([after.snippet?.title, after.status], ['Second', kept]);
  const license = { part: ['status'], requestBody: { id, status: { license: 'mine' } } };
  assert.equal((await refusal(api.videos.update(license, at)))[1], 'forbiddenLicenseSetting');

  await api.videos.delete({ id }, at);
  const { data } = await api.videos.list({ id: [id], part: ['snippet'] }, at);
  assert.deepEqual(data.items, []);
  assert.deepEqual(await refusal(api.videos.delete({ id }, at)), [404, 'videoNotFound', 'youtube.video']);
});

test('another channel sees what is public, and may change nothing', async (t) => {
  const { insert, api, at, folder } = await startClient(t, { processingMs: 0 });
  const hidden = await insert();
  const shown = await insert({ snippet: { title: 'Public' }, status: { privacyStatus: 'public' } });
  const own = (await api.channels.list({ mine: true, part: ['snippet'] }, at)).data.items?.[0]?.id;
  await writeFile(path.join(folder, 'rehearsal.json'), JSON.stringify({ otherChannel: true }));
  const other = (await api.channels.list({ mine: true, part: ['snippet'] }, at)).data.items?.[0]?.id;
  assert.notEqual(other, own);
  const { data } = await api.videos.list({ id: [hidden, shown], part: ['snippet'] }, at);
  assert.deepEqual(
    data.items?.map(({ id, snippet }) => [id, snippet?.channelId]),
    [[shown, own]],
  );
  const forbidden = [403, 'forbidden', 'youtube.video'];
  assert.deepEqual(await refusal(api.videos.list({ id: [shown], part: ['fileDetails'] }, at)), forbidden);
  const requestBody = { id: shown, snippet: { title: 'Mine', categoryId: '17' } };
  assert.deepEqual(await refusal(api.videos.update({ part: ['snippet'], requestBody }, at)), forbidden);
  assert.deepEqual(await refusal(api.videos.delete({ id: shown }, at)), forbidden);
});
