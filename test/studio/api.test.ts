import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import path from 'node:path';
import test, { after, before, describe } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import sharp from 'sharp';
import type { LiveEvents } from '../../src/studio/live-events.ts';
import { listedVideo } from '../support/listed.ts';
import { untilStage } from '../support/rig.ts';
import { emptyHalf, sampleRecording } from '../support/sample-recording.ts';
import { type StudioRig, startStudioRig } from './studio-rig.ts';

let rig: StudioRig;
let isSeen = false;

/** Reads a page's stream until `isEnough`. */
async function listen(
  isEnough: (events: { event: string; data: unknown }[]) => boolean,
  onHello: (stream: string) => void = () => {},
) {
  const ending = AbortSignal.timeout(20_000);
  const answer = await fetch(new URL('/api/events', rig.studio.url), { signal: ending });
  const events: { event: string; data: unknown }[] = [];
  let text = '';
  assert.ok(answer.body);
  assert.ok(answer.body);
  for await (const part of answer.body.pipeThrough(new TextDecoderStream())) {
    text += part;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const [, event = '', data = 'null'] = /event: (\w+)\ndata: (.*)/.exec(text.slice(0, end)) ?? [];
      text = text.slice(end + 2);
      if (!event) continue;
      const told = JSON.parse(data);
      events.push({ event, data: told });
      if (event === 'hello') onHello((told as LiveEvents['hello']).stream);
    }
    if (isEnough(events)) return events;
  }
  throw new Error(`The stream ended after ${JSON.stringify(events)}`);
}

describe('the API of the studio', () => {
  before(async () => {
    rig = await startStudioRig({
      around: (activities) => ({
        ...activities,
        async rankThumbnailsActivity(videoPath, topN) {
          const context = Context.current();
          // The real ranking of such a short recording is over between two polls.
          while (videoPath.includes('Slow') && !isSeen) {
            context.heartbeat({ fraction: 0.25, note: 'looking' });
            await sleep(100);
          }
          return activities.rankThumbnailsActivity(videoPath, topN);
        },
      }),
    });
  });
  after(() => rig.close());

  test('a video as a script sees it: ranked, looked at, corrected, chosen, undone, published', async () => {
    const id = await rig.waitingVideo('xd_KhanhzVyvsZezTram_Friendly Game.mov');
    const param = { id };
    const videos = rig.api().videos[':id'];
    const view = await (await videos.$get({ param })).json();
    assert.equal(view.video.stage, 'WAITING_FOR_SELECTION');
    assert.equal(view.recording?.isHere, true);
    assert.equal(view.candidates.length, 5);
    assert.ok((view.activity?.curve.length ?? 0) > 0);
    const [best] = view.candidates;
    assert.ok(best);

    const picture = await fetch(new URL(`/api/videos/${id}/candidates/${best.frame}?width=320`, rig.studio.url));
    assert.equal((await sharp(await picture.arrayBuffer()).metadata()).width, 320);
    const frame = await fetch(new URL(`/api/videos/${id}/frames?at=1.5&width=320`, rig.studio.url));
    assert.ok(Math.abs(Number(frame.headers.get('x-time')) - 1.5) < 0.05);
    assert.ok(Number(frame.headers.get('x-next')) > Number(frame.headers.get('x-time')));

    const preview = (query: string) => fetch(new URL(`/api/videos/${id}/preview?${query}`, rig.studio.url));
    const drawn = await preview(
      `frame=${best.frame}&look=${encodeURIComponent('{"template":"bar","theme":"purple"}')}`,
    );
    assert.equal(drawn.status, 200);
    assert.deepEqual([drawn.headers.get('x-template'), drawn.headers.get('x-theme')], ['bar', 'purple']);
    const { width, height } = await sharp(await drawn.arrayBuffer()).metadata();
    assert.deepEqual([width, height], [1280, 720]);
    assert.equal((await preview('at=2.25')).status, 200);
    assert.equal((await preview(`frame=${best.frame}&look=${encodeURIComponent('{"template":"none"}')}`)).status, 422);

    const check = await (await videos.metadata.$post({ param, json: { tournament: 'Club Night' } })).json();
    assert.ok(check.ok && check.title.includes('| Club Night ('));
    const tooLong = await (await videos.metadata.$post({ param, json: { title: 'x'.repeat(101) } })).json();
    assert.ok(!tooLong.ok && tooLong.problem.includes('YouTube takes 100'));
    const refused = await videos.correct.$post({ param, json: { title: 'x'.repeat(101) } });
    assert.equal(refused.status as number, 422);
    const corrected = await (await videos.correct.$post({ param, json: { tournament: 'Club Night' } })).json();
    assert.match(corrected.title ?? '', /Club Night/);

    const unknown = await videos.select.$post({ param, json: { frame: 'frame-9.jpg' } });
    assert.equal(unknown.status as number, 409);
    assert.match(((await unknown.json()) as unknown as { problem: string }).problem, /no candidate frame-9\.jpg/);
    const chosen = await (await videos.select.$post({ param, json: { atSeconds: 2.5, undoSeconds: 30 } })).json();
    assert.ok(chosen.undoUntil);
    const second = await videos.select.$post({ param, json: { best: true } });
    assert.match(((await second.json()) as unknown as { problem: string }).problem, /just been chosen/);
    const undone = await (await videos.undo.$post({ param, json: {} })).json();
    assert.equal(undone.choice, undefined);
    await videos.select.$post({ param, json: { frame: best.frame, look: { template: 'duel' } } });
    const handle = rig.client.workflow.getHandle(id);
    await untilStage(handle, 'COMPLETED', 60);
    const done = await (await videos.$get({ param })).json();
    assert.equal(done.thumbnail?.template, 'duel');
    const thumbnail = await fetch(new URL(`/api/videos/${id}/thumbnail`, rig.studio.url));
    assert.equal((await sharp(await thumbnail.arrayBuffer()).metadata()).format, 'jpeg');
  });

  test('a changed setting applies at once, to a video that already waits; the page sees it, and previews draw it', async () => {
    const id = await rig.waitingVideo('ms_KimvsLan.mov');
    const set = async (changes: Record<string, string | null>) => {
      const answer = await rig.api().settings.$post({ json: { changes } });
      assert.equal(answer.status, 200);
      const view = await answer.json();
      return (name: string) =>
        'groups' in view
          ? view.groups.flatMap(({ settings }) => settings).find((each) => each.name === `BADMINTON_${name}`)
          : undefined;
    };
    const find = await set({
      BADMINTON_THEME: 'purple',
      BADMINTON_CLUB_NAME: 'Sun Club',
      BADMINTON_TOP_N: '7',
      BADMINTON_LOG_LEVEL: 'debug',
    });
    assert.deepEqual(
      [find('THEME')?.value, find('THEME')?.source, find('THEME')?.waits],
      ['purple', 'settings.json', false],
    );
    assert.deepEqual([find('TOP_N')?.applies, find('LOG_LEVEL')?.waits], ['new videos', true]);
    assert.deepEqual([find('POSE')?.source, find('POSE')?.value], ['environment', 'off'], 'the rig sets it');
    assert.equal(find('PRIVACY')?.choices?.length, 3);
    assert.equal((await (await rig.api().about.$get()).json()).club, 'Sun Club');
    const { candidates } = await (await rig.api().videos[':id'].$get({ param: { id } })).json();
    const preview = await fetch(new URL(`/api/videos/${id}/preview?frame=${candidates[0]?.frame}`, rig.studio.url));
    assert.equal(preview.headers.get('x-theme'), 'purple');
    const sample = await fetch(new URL('/api/settings/preview?clubName=Other&template=duel', rig.studio.url));
    assert.deepEqual([sample.status, sample.headers.get('content-type')], [200, 'image/jpeg']);
    assert.equal((await rig.api().videos[':id'].select.$post({ param: { id }, json: { best: true } })).status, 200);
    await untilStage(rig.client.workflow.getHandle(id), 'COMPLETED', 60);
    const drawn = JSON.parse(await readFile(path.join(rig.store.workspaceRoot, id, 'thumbnail.json'), 'utf8'));
    assert.equal(drawn.theme, 'purple', 'the worker drew it so');
    await set({ BADMINTON_THEME: null, BADMINTON_CLUB_NAME: null, BADMINTON_TOP_N: null, BADMINTON_LOG_LEVEL: null });
  });

  test('a published video is looked at, revised and put back', async () => {
    const id = await rig.waitingVideo('ms_PublishedvsRevised.mov');
    const video = rig.api().videos[':id'];
    const param = { id };
    const early = await video.revision.look.$post({ param, json: {} });
    assert.equal(early.status, 409, 'it is not published yet');
    await video.select.$post({ param, json: { best: true } });
    await rig.client.workflow.getHandle(id).result();
    const look = await (await video.revision.look.$post({ param, json: { revision: { title: 'New' } } })).json();
    assert.deepEqual([look.outcome, look.changes[0]?.after, look.unitsAtMost], ['looked', 'New', 53]);
    const latest = async () => {
      for (;;) {
        const state = await (await video.revision.$get({ param })).json();
        if (state.outcome !== 'running') return state;
        await sleep(50);
      }
    };
    assert.equal((await latest()).outcome, 'none');
    await video.revision.$post({ param, json: { revision: { title: 'New' } } });
    const revised = await latest();
    assert.deepEqual([revised.outcome, 'shown' in revised && revised.shown.title], ['revised', 'New']);
    await video.revision.$post({ param, json: { putBack: true } });
    const back = await latest();
    assert.deepEqual([back.outcome, 'shown' in back && back.shown.title], ['revised', look.shown.title]);
    assert.equal((await video.revision.stop.$post({ param, json: {} })).status, 409);
  });

  test('the stream reports all videos, and what one on screen is doing', async () => {
    const events = listen((all) =>
      all.some(({ event, data }) => event === 'videos' && JSON.stringify(data).includes('WAITING_FOR_SELECTION')),
    );
    const id = await rig.waitingVideo('ms_DenvsTu.mov');
    const told = await events;
    assert.equal(told[0]?.event, 'hello');
    const stages = told.filter(({ event }) => event === 'videos').map(({ data }) => data as LiveEvents['videos']);
    assert.ok(stages.some(({ changed }) => changed.some(({ videoId }) => videoId === id)));
  });

  test('progress is reported only for the videos on screen', async () => {
    let handle: Awaited<ReturnType<StudioRig['start']>> | undefined;
    const file = await sampleRecording(rig.folder, 'md_KhanhzLeovsHuyzViet_Slow.mov');
    const events = await listen(
      (all) =>
        all.some(
          ({ event, data }) =>
            event === 'progress' &&
            (data as LiveEvents['progress']).some(({ step }) => step?.progress?.fraction === 0.25),
        ),
      async (stream) => {
        handle = await rig.start(file);
        await rig.api().events[':stream'].screen.$put({ param: { stream }, json: { videoIds: [handle.workflowId] } });
      },
    );
    isSeen = true;
    const progress = events
      .filter(({ event }) => event === 'progress')
      .flatMap(({ data }) => data as LiveEvents['progress']);
    assert.ok(progress.every(({ videoId }) => videoId === handle?.workflowId));
    assert.ok(progress.some(({ step }) => step?.activity));
  });

  test('recordings in the input folder: listed with what is known, received whole, started', async () => {
    const body = await readFile(await sampleRecording(rig.folder, 'ws_AnhvsMai_League.mov'));
    const put = (name: string) =>
      fetch(new URL(`/api/recordings/${encodeURIComponent(name)}`, rig.studio.url), { method: 'PUT', body });
    const answer = await put('ws_AnhvsMai_League.mov');
    assert.equal(answer.status, 201);
    const { outcome } = (await answer.json()) as { outcome: { kind: string; videoId: string } };
    assert.equal(outcome.kind, 'started');
    assert.equal((await put('ws_AnhvsMai_League.mov')).status, 409, 'it takes no other file’s place');
    await listedVideo(rig.client, outcome.videoId);
    const { recordings } = await (await rig.api().recordings.$get()).json();
    const listed = recordings.find(({ name }) => name === 'ws_AnhvsMai_League.mov');
    assert.equal(listed?.match, 'Anh vs Mai · League');
    assert.equal(listed?.state, 'running');
    const { outcomes } = await (
      await rig.api().recordings.start.$post({ json: { names: ['ws_AnhvsMai_League.mov', 'none.mov'] } })
    ).json();
    assert.deepEqual(
      outcomes.map(({ kind }) => kind),
      ['joined', 'failed'],
    );
    await rig.api().videos[':id'].cancel.$post({ param: { id: outcome.videoId }, json: {} });
    for (let look = 0; look < 100; look += 1) {
      const { video } = await (await rig.api().videos[':id'].$get({ param: { id: outcome.videoId } })).json();
      if (video.stage === 'CANCELLED') return;
      await sleep(100);
    }
    assert.fail('it was not cancelled');
  });

  test('a recording is started with its match, and never asks for it; wrong corrections start nothing', async () => {
    const name = 'IMG_2041.mov';
    await sampleRecording(rig.config.INPUT_DIR, name);
    const start = async (corrections: Record<string, Record<string, unknown>>) => {
      const answer = await rig.api().recordings.start.$post({ json: { names: [name], corrections } });
      return [
        answer.status as number,
        (await answer.json()) as { outcomes: { kind: string; videoId: string }[] },
      ] as const;
    };
    for (const wrong of [{ colour: 'red' }, { matchType: 'md', teams: [['An'], ['Bo']] }, { tournament: '<b>' }]) {
      assert.equal((await start({ [name]: wrong }))[0], 422, JSON.stringify(wrong));
    }
    const picture = await fetch(new URL(`/api/recordings/${name}/picture`, rig.studio.url));
    const { format, width } = await sharp(Buffer.from(await picture.arrayBuffer())).metadata();
    assert.deepEqual([picture.status, format, width], [200, 'jpeg', 320]);
    const said = { matchType: 'ms', teams: [['An'], ['Bo']], tournament: 'Winter Cup', date: '2026-02-03' };
    const [, { outcomes }] = await start({ [name]: said });
    assert.equal(outcomes[0]?.kind, 'started');
    const handle = rig.client.workflow.getHandle(outcomes[0]?.videoId ?? '');
    await untilStage(handle, 'WAITING_FOR_SELECTION');
    const { video } = await (await rig.api().videos[':id'].$get({ param: { id: handle.workflowId } })).json();
    assert.match(video.title ?? '', /An vs Bo.*Winter Cup/);
    assert.deepEqual([video.match?.teams, video.recordedOn], [said.teams, said.date]);
    const { events } = await handle.fetchHistory();
    const ended = events?.filter(({ activityTaskFailedEventAttributes: failed }) => failed);
    assert.deepEqual(ended, [], 'preparing never failed for want of a match');
    // One that has been started meanwhile gets the correction all the same.
    const [, again] = await start({ [name]: { tournament: 'Summer Cup' } });
    assert.equal(again.outcomes[0]?.kind, 'joined');
    const { corrections } = await (
      await rig.api().videos[':id'].status.$get({ param: { id: handle.workflowId } })
    ).json();
    assert.equal(corrections.tournament, 'Summer Cup');
    await handle.cancel();
  });

  test('an unfinished recording is listed as such, and cannot be started', async () => {
    const empty = await emptyHalf(await sampleRecording(rig.config.INPUT_DIR, 'ms_HalfvsEmpty.mov'));
    const { size } = await stat(empty);
    const cut = await sampleRecording(rig.config.INPUT_DIR, 'ms_CutvsOff.mov');
    await truncate(cut, size - 1000);
    const names = [empty, cut].map((file) => path.basename(file));
    const { recordings } = await (await rig.api().recordings.$get()).json();
    for (const name of names) {
      const listed = recordings.find((each) => each.name === name);
      assert.deepEqual([listed?.state, listed?.videoId, listed?.bytes !== 0], ['unfinished', undefined, true]);
    }
    const { outcomes } = await (await rig.api().recordings.start.$post({ json: { names } })).json();
    for (const { kind, note } of outcomes) {
      assert.equal(kind, 'failed');
      assert.match(note ?? '', /is not finished: a part of it is missing or empty/);
    }
    await rm(empty);
    await rm(cut);
  });

  test('retry: a parked video is retried; for any other the workflow says that there is nothing to retry', async () => {
    const parked = await rig.start(await sampleRecording(rig.folder, 'nobody knows.mov'));
    await untilStage(parked, 'NEEDS_ATTENTION');
    const param = { id: parked.workflowId };
    const retried = await rig.api().videos[':id'].retry.$post({ param, json: {} });
    assert.equal(retried.status, 200);
    await untilStage(parked, 'NEEDS_ATTENTION');
    const again = await rig.api().videos[':id'].retry.$post({ param, json: { sendAgain: true } });
    assert.match(((await again.json()) as unknown as { problem: string }).problem, /outcome is unknown/);
    const there = await rig.api().videos[':id'].retry.$post({ param, json: { host: 'court-2' } });
    assert.match(((await there.json()) as unknown as { problem: string }).problem, /recording is on several machines/);
    await parked.cancel();
    const id = await rig.waitingVideo('ms_RetvsRy.mov');
    const refused = await rig.api().videos[':id'].retry.$post({ param: { id }, json: {} });
    assert.equal(refused.status as number, 409);
    assert.match(((await refused.json()) as unknown as { problem: string }).problem, /nothing to retry/);
  });

  test('what a killed program left of a copy is removed; a copy in progress is not', async () => {
    const [old, fresh] = ['.a.upload.part', '.b.upload.part'].map((name) => path.join(rig.config.INPUT_DIR, name));
    assert.ok(old && fresh);
    for (const file of [old, fresh]) await writeFile(file, 'x');
    await utimes(old, 0, 0);
    const body = await readFile(await sampleRecording(rig.folder, 'ws_LanvsHoa_League.mov'));
    const answer = await fetch(new URL('/api/recordings/ws_LanvsHoa_League.mov', rig.studio.url), {
      method: 'PUT',
      body,
    });
    const { outcome } = (await answer.json()) as { outcome: { videoId: string } };
    assert.deepEqual([existsSync(old), existsSync(fresh)], [false, true]);
    await rm(fresh);
    await rig.client.workflow.getHandle(outcome.videoId).cancel();
  });

  test('a copy that is cut off leaves nothing behind', async () => {
    const { port } = new URL(rig.studio.url);
    const asked = request({
      port,
      host: '127.0.0.1',
      path: '/api/recordings/ms_XvsY.mov',
      method: 'PUT',
      headers: { 'content-length': '1000000' },
    });
    asked.once('error', () => {});
    asked.write(Buffer.alloc(1000));
    await sleep(200);
    asked.destroy();
    for (let look = 0; look < 50; look += 1) {
      const names = await readdir(rig.config.INPUT_DIR);
      if (!names.some((name) => name.includes('XvsY') || name.endsWith('.part'))) return;
      await sleep(100);
    }
    assert.fail('half a recording is left');
  });

  test('without a worker the page still shows, and choosing says that no worker answers', async () => {
    const id = await rig.waitingVideo('md_AnzBinhvsChizDung.mov');
    await rig.worker.stop();
    const param = { id };
    const view = await (await rig.api().videos[':id'].$get({ param })).json();
    assert.equal(view.candidates.length, 5);
    const refused = await rig.api().videos[':id'].select.$post({ param, json: { best: true } });
    assert.equal(refused.status as number, 409);
    assert.match(((await refused.json()) as unknown as { problem: string }).problem, /No worker answers/);
  });

  test('what is published, as a table that no spreadsheet takes for formulas', async () => {
    const titles = [
      '=1+1',
      '+1',
      '-1',
      '@SUM(A1)',
      ' =1',
      '\t=1',
      '＝1',
      'a "b", c',
      'two\r\nlines',
      'Đặng vs Ý',
      'a=b',
    ];
    for (const [number, title] of titles.entries()) {
      rig.store.ledger.enter({
        ...{
          fingerprint: number.toString(16).repeat(64).slice(0, 64),
          target: 'local',
          youtubeId: `t${number}`,
          title,
        },
        watchUrl: `${rig.youtube.url}watch?v=t${number}`,
        ...{ recording: 'ms_AvsB.mov', publishedAt: `2025-02-01T10:00:${10 + number}.000Z` },
      });
    }
    const answer = await fetch(new URL('/api/published/csv?day=2025-02-01', rig.studio.url));
    assert.match(answer.headers.get('content-type') ?? '', /^text\/csv; charset=utf-8/);
    assert.match(answer.headers.get('content-disposition') ?? '', /^attachment; filename="published.csv"$/);
    const bytes = Buffer.from(await answer.arrayBuffer());
    assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf], 'Excel reads UTF-8 only after a byte order mark');
    // A table of RFC 4180, read back.
    const table = [
      ...bytes
        .toString('utf8')
        .slice(1)
        .matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g),
    ];
    const rows: string[][] = [[]];
    for (const [, quoted, plain = '', end] of table) {
      rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
      if (end === '\r\n') rows.push([]);
    }
    assert.deepEqual(rows.pop(), []);
    assert.ok(
      rows.slice(1).every((row) => row.length === 9 && row[8] === 'yes'),
      'each is a rehearsal',
    );
    const shown = rows
      .slice(1)
      .map(([title]) => title)
      .reverse();
    assert.deepEqual(
      shown,
      titles.map((title, number) => (number < 7 ? `'${title}` : title)),
    );

    const { videos } = await (await rig.api().published.$get({ query: { search: 'dang y' } })).json();
    assert.deepEqual(
      videos.map(({ title, day }) => [title, day]),
      [['Đặng vs Ý', '2025-02-01']],
    );
  });
});
