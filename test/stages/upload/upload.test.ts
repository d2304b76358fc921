import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { appendFile, readFile, rename, utimes } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { prepareVideo } from '../../../src/stages/prepare/index.ts';
import { publicationRecord, thumbnailFile, thumbnailRecord } from '../../../src/stages/records.ts';
import { uploadVideo } from '../../../src/stages/upload/index.ts';
import { sessionRecord } from '../../../src/stages/upload/session-record.ts';
import { prepareOptions, stageError } from '../../support/stage-bench.ts';
import { drawThumbnail, loseWorkspaces, publishBench, refusal, uploadOptions } from './publish-bench.ts';

const isPut = ({ method }: { method: string }) => method === 'PUT';
const starts = (requests: string[]) =>
  requests.filter((request) => request === 'POST /upload/youtube/v3/videos').length;
const sentFromStart = (requests: string[]) => requests.filter((request) => request.startsWith('PUT bytes 0-')).length;
const published = publicationRecord('local');

describe('the stage "upload"', () => {
  it('publishes the recording once, with its title, thumbnail and visibility', async (t) => {
    const bench = await publishBench(t, 3);
    const result = await bench.upload();

    const video = await bench.onlyVideo();
    const content = await readFile(bench.file);
    assert.ok(video.bytes.equals(content), 'every byte arrived');
    assert.equal(result.title, 'Khanh/Leo vs Huy/Viet | Friendly Game (2026-11-21)');
    assert.deepEqual([video.id, video.title, video.privacy], [result.youtubeId, result.title, 'unlisted']);
    assert.ok(video.hasCustomThumbnail);
    assert.match(result.watchUrl, new RegExp(`^${bench.url}watch\\?v=`));
    const space = await bench.space();
    const record = space.read(published);
    assert.deepEqual([record?.thumbnailSet, record?.confirmed, record?.privacy], ['#275', true, 'unlisted']);
    assert.equal(record?.sha256, createHash('sha256').update(content).digest('hex'));
    const fractions = bench.progress.flatMap(({ fraction }) => fraction ?? []);
    assert.deepEqual(
      fractions,
      fractions.toSorted((a, b) => a - b),
    );

    const before = bench.requests.length;
    assert.deepEqual(await bench.upload(), result);
    assert.equal(bench.requests.length, before, 'the second time nothing was even asked');
  });

  it('never sends what is only for rehearsals to the real YouTube, and rehearses it', async (t) => {
    const bench = await publishBench(t);
    const rehearsalsOnly = path.dirname(bench.file);
    await assert.rejects(bench.upload({ target: 'youtube', rehearsalsOnly }), stageError('UPLOAD_REJECTED'));
    assert.deepEqual(bench.requests, []);
    await bench.upload({ rehearsalsOnly });
    await bench.onlyVideo();
  });

  it('publishes what a person corrected', async (t) => {
    const bench = await publishBench(t);
    await bench.upload({ corrections: { title: 'The final', privacy: 'public' } });
    const video = await bench.onlyVideo();
    assert.deepEqual([video.title, video.privacy], ['The final', 'public']);
  });

  it('asks the ledger first: published content is not sent, whatever the workspace says', async (t) => {
    const bench = await publishBench(t);
    const { youtubeId } = await bench.upload();
    await loseWorkspaces(bench);
    await prepareVideo(bench.file, { ...prepareOptions, dataFolder: bench.dataFolder }, bench.attempt());
    const before = bench.requests.length;
    assert.equal((await bench.upload()).youtubeId, youtubeId);
    assert.equal(bench.requests.length, before);
  });

  it('needs the stages before it, and the recording', async (t) => {
    const bench = await publishBench(t);
    const other = await bench.recording('ms_AvsB.mov');
    const upload = (file: string) => uploadVideo(file, uploadOptions, bench.youtube, bench.attempt());
    await assert.rejects(upload(other), stageError('STAGE_ORDER', /"prepare" has not run/));
    await rename(bench.file, `${bench.file}.away`);
    await assert.rejects(upload(bench.file), stageError('FILE_MISSING', /is gone/));
    await rename(`${bench.file}.away`, bench.file);
    (await bench.space()).remove(thumbnailRecord);
    await assert.rejects(upload(bench.file), stageError('STAGE_ORDER', /"enhance" has not run/));
    assert.deepEqual(bench.requests, []);
  });

  it('sends nothing of a recording that is no longer the prepared one', async (t) => {
    const bench = await publishBench(t);
    await appendFile(bench.file, 'more');
    await assert.rejects(bench.upload(), stageError('STAGE_ORDER', /"prepare" has not run/));
    assert.deepEqual(bench.requests, []);
  });
});

describe('an upload that was interrupted', () => {
  it('continues its session when nothing had been sent', async (t) => {
    const bench = await publishBench(t);
    bench.faults = (request) => (isPut(request) ? { kind: 'drop' } : undefined);
    await assert.rejects(bench.upload(), stageError('UPLOAD_INTERRUPTED'));
    bench.faults = undefined;
    const { youtubeId } = await bench.upload();
    assert.equal((await bench.onlyVideo()).id, youtubeId);
    assert.equal(starts(bench.requests), 1, 'one session');
  });

  it('resumes where it stopped', async (t) => {
    const bench = await publishBench(t, 4);
    bench.faults = ({ contentRange }) => (/ (524288|\*)/.test(contentRange ?? '') ? { kind: 'drop' } : undefined);
    await assert.rejects(bench.upload(), stageError('UPLOAD_INTERRUPTED', /524288 of/));
    bench.faults = undefined;
    await bench.upload();
    assert.ok((await bench.onlyVideo()).bytes.equals(await readFile(bench.file)));
    assert.equal(sentFromStart(bench.requests), 1);
    assert.equal(starts(bench.requests), 1);
  });

  it('learns its video’s id when only the last answer was lost', async (t) => {
    const bench = await publishBench(t);
    let answers = 0;
    bench.faults = (request) => {
      if (!isPut(request)) return undefined;
      answers += 1;
      return { kind: answers === 1 ? 'loseAnswer' : 'drop' };
    };
    await assert.rejects(bench.upload(), stageError('UPLOAD_INTERRUPTED'));
    const { id } = await bench.onlyVideo();
    bench.faults = undefined;
    assert.equal((await bench.upload()).youtubeId, id);
    await bench.onlyVideo();
    assert.equal(sentFromStart(bench.requests), 1);
  });

  it('continues with a new copy of the recording, as long as the last byte was not sent', async (t) => {
    const bench = await publishBench(t, 3);
    bench.faults = ({ contentRange }) => (/ (262144|\*)/.test(contentRange ?? '') ? { kind: 'drop' } : undefined);
    await assert.rejects(bench.upload(), stageError('UPLOAD_INTERRUPTED'));
    bench.faults = undefined;
    await utimes(bench.file, new Date(), new Date('2030-01-01'));
    await bench.upload();
    assert.ok((await bench.onlyVideo()).bytes.equals(await readFile(bench.file)));
  });

  it('stops when the recording is written to in the meantime', async (t) => {
    const bench = await publishBench(t, 4);
    bench.faults = ({ contentRange }) => {
      if (contentRange?.startsWith('bytes 262144-')) utimesSync(bench.file, new Date(), new Date('2030-01-01'));
      return undefined;
    };
    await assert.rejects(bench.upload(), stageError('FILE_CHANGED'));
    await assert.rejects(bench.onlyVideo(), /holds 0 videos/);
    await bench.upload();
    assert.ok((await bench.onlyVideo()).bytes.equals(await readFile(bench.file)), 'its content is the same after all');
  });

  it('sends only what is missing when the visibility failed', async (t) => {
    const bench = await publishBench(t);
    bench.faults = ({ call }) => (call === 'videos.update' ? refusal('invalidTitle') : undefined);
    await assert.rejects(bench.upload(), stageError('METADATA_INVALID'));
    assert.equal((await bench.onlyVideo()).privacy, 'private', 'nobody has seen it unfinished');
    assert.equal((await bench.space()).read(published)?.confirmed, false);
    assert.deepEqual(bench.store.ledger.all(), []);
    bench.faults = undefined;
    const before = bench.requests.length;
    await bench.upload();
    assert.equal((await bench.onlyVideo()).privacy, 'unlisted');
    const since = bench.requests.slice(before);
    assert.equal(starts(since) + sentFromStart(since), 0);
    assert.ok(!since.some((request) => request.endsWith('/thumbnails/set')));
    assert.equal(bench.store.ledger.all().length, 1);
  });

  it('sends the thumbnail redrawn after a correction, and the corrected title', async (t) => {
    const bench = await publishBench(t);
    bench.faults = ({ method, path: asked }) =>
      asked === '/youtube/v3/videos' && method === 'PUT'
        ? { kind: 'answer', status: 400, reason: 'invalidTitle' }
        : undefined;
    await assert.rejects(bench.upload(), stageError('METADATA_INVALID'));
    bench.faults = undefined;
    await drawThumbnail(await bench.space(), '#722');
    await bench.upload({ corrections: { title: 'Corrected' } });
    const { title, id } = await bench.onlyVideo();
    assert.equal(title, 'Corrected');
    const shown = await readFile(path.join(bench.folder, 'youtube', 'videos', id, 'thumbnail'));
    assert.ok(shown.equals(await readFile((await bench.space()).path(thumbnailFile))));
  });

  it('finds its video by its id tag when the workspace and the ledger are lost', async (t) => {
    const bench = await publishBench(t);
    bench.faults = ({ call }) => (call === 'videos.update' ? { kind: 'answer', status: 503 } : undefined);
    await assert.rejects(bench.upload(), stageError('UPLOAD_INTERRUPTED'));
    bench.faults = undefined;
    await loseWorkspaces(bench);
    await prepareVideo(bench.file, { ...prepareOptions, dataFolder: bench.dataFolder }, bench.attempt());
    await drawThumbnail(await bench.space());
    const { youtubeId } = await bench.upload();
    const video = await bench.onlyVideo();
    assert.deepEqual([video.id, video.hasCustomThumbnail, video.privacy], [youtubeId, true, 'unlisted']);
    const record = (await bench.space()).read(published);
    assert.equal(record?.sha256, createHash('sha256').update(video.bytes).digest('hex'));
    assert.equal(starts(bench.requests), 1);
  });

  it('begins again when the session is gone and cannot have become a video', async (t) => {
    const bench = await publishBench(t, 2);
    bench.faults = (request) => (isPut(request) ? { kind: 'drop' } : undefined);
    await assert.rejects(bench.upload(), stageError('UPLOAD_INTERRUPTED'));
    forgetSessions(bench.folder);
    bench.faults = ({ contentRange }) =>
      contentRange?.startsWith('bytes *') && starts(bench.requests) === 1 ? { kind: 'answer', status: 404 } : undefined;
    await bench.upload();
    await bench.onlyVideo();
    assert.equal(starts(bench.requests), 2);
  });

  it('never sends a second time when the session is gone and may have become a video', async (t) => {
    const bench = await publishBench(t);
    bench.faults = (request) => (isPut(request) ? { kind: 'drop', afterBytes: 1000 } : undefined);
    await assert.rejects(bench.upload(), stageError('UPLOAD_INTERRUPTED'));
    bench.faults = (request) => (isPut(request) ? { kind: 'answer', status: 404 } : undefined);
    for (const _attempt of [1, 2]) await assert.rejects(bench.upload(), stageError('UPLOAD_OUTCOME_UNKNOWN'));
    assert.equal(starts(bench.requests), 1);
  });

  it('takes the video that resulted from a session that is gone', async (t) => {
    const bench = await publishBench(t);
    let puts = 0;
    bench.faults = (request) => {
      if (!isPut(request)) return undefined;
      puts += 1;
      return puts === 1 ? { kind: 'loseAnswer' } : { kind: 'drop' };
    };
    await assert.rejects(bench.upload(), stageError('UPLOAD_INTERRUPTED'));
    bench.faults = ({ contentRange }) => (contentRange ? { kind: 'answer', status: 404 } : undefined);
    const { youtubeId } = await bench.upload();
    assert.equal((await bench.onlyVideo()).id, youtubeId);
    assert.equal(starts(bench.requests), 1);
    assert.ok(!existsSync((await bench.space()).path(sessionRecord('local').file)));
  });
});

/** As YouTube does after a week. */
function forgetSessions(folder: string): void {
  const sessions = path.join(folder, 'youtube', 'sessions');
  for (const name of readdirSync(sessions)) rmSync(path.join(sessions, name));
}
