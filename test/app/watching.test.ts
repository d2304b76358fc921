import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { NativeConnection, Worker } from '@temporalio/worker';
import { parse } from 'yaml';
import { cacheFolder } from '../../src/app/cache-folder.ts';
import { readConfig } from '../../src/app/config.ts';
import { startEverything } from '../../src/app/everything.ts';
import { createLog } from '../../src/app/log.ts';
import type { Machine } from '../../src/app/machine.ts';
import { workflowBundle } from '../../src/temporal/bundle.ts';
import { selectThumbnail } from '../../src/temporal/client/control.ts';
import { type ReceivedSpan, startCollector } from '../support/collector.ts';
import { freePort } from '../support/program.ts';
import { promqlProblems } from '../support/promql.ts';
import { rawRequest } from '../support/raw-request.ts';
import { untilStage } from '../support/rig.ts';
import { sampleName, sampleRecording } from '../support/sample-recording.ts';
import { readScrape, type Scrape, sampleOf } from '../support/scrape.ts';

const docs = (file: string) => readFileSync(new URL(`../../docs/${file}`, import.meta.url), 'utf8');

/** One video is published, another one needs attention. */
describe('a machine that is watched', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'badminton-metrics-'));
  let machine: Machine;
  let collector: Awaited<ReturnType<typeof startCollector>>;
  let published: { videoId: string; runId: string };
  let port: number;
  let size: number;
  let text: string;
  let scrape: Scrape;
  const read = async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();

  before(async () => {
    collector = await startCollector();
    port = await freePort();
    const config = readConfig(
      {
        BADMINTON_DATA_DIR: folder,
        BADMINTON_METRICS: `127.0.0.1:${port}`,
        BADMINTON_TEMPORAL_PORT: '0',
        BADMINTON_TEMPORAL_UI_PORT: '0',
        BADMINTON_LOCAL_YOUTUBE_PORT: '0',
        BADMINTON_POSE: 'off',
        BADMINTON_SHUTDOWN_GRACE: '100ms',
      },
      folder,
    );
    const log = await createLog({ LOG_LEVEL: 'info', LOG_FORMAT: 'auto' }, path.join(folder, 'worker.log'));
    const environment = {
      ...{ PATH: process.env.PATH, HOME: process.env.HOME },
      ...{ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '100' },
    };
    machine = await startEverything({ now: () => config, environment, log, say: () => undefined });
    const { client, startVideo } = machine;
    await callInVain(machine);
    const broken = path.join(folder, 'ms_AnvsBo.mov');
    writeFileSync(broken, 'This is no film.');
    const { videoId: brokenId } = await startVideo(broken);
    const recording = await sampleRecording(folder);
    size = readFileSync(recording).length;
    const { videoId } = await startVideo(recording);
    await untilStage(client.workflow.getHandle(brokenId), 'NEEDS_ATTENTION');
    await untilStage(client.workflow.getHandle(videoId), 'WAITING_FOR_SELECTION');
    assert.equal(sampleOf(readScrape(await read()), 'badminton_videos_ended_total', { ending: 'completed' }), 0);
    await selectThumbnail(client, videoId, { best: true });
    await client.workflow.getHandle(videoId).result();
    published = { videoId, runId: (await client.workflow.getHandle(videoId).describe()).runId };
    for (const deadline = Date.now() + 20_000; ; await sleep(100)) {
      text = await read();
      scrape = readScrape(text);
      // The last thing to be measured, once the end of the video has been seen.
      if (scrape.has('badminton_stage_seconds_count')) break;
      assert.ok(Date.now() < deadline, text);
    }
  });
  after(async () => {
    await machine[Symbol.asyncDispose]();
    await collector.close();
    rmSync(folder, { recursive: true, force: true });
  });

  describe('its metrics', () => {
    it('say which stage the videos are in, and since when', () => {
      assert.equal(sampleOf(scrape, 'badminton_videos', { stage: 'NEEDS_ATTENTION' }), 1);
      assert.equal(sampleOf(scrape, 'badminton_videos', { stage: 'WAITING_FOR_SELECTION' }), 0);
      const longest = (stage: string) => sampleOf(scrape, 'badminton_longest_in_stage_seconds', { stage });
      assert.ok(longest('NEEDS_ATTENTION') > 0);
      assert.equal(longest('WAITING_FOR_SELECTION'), 0);
      assert.equal(sampleOf(scrape, 'badminton_temporal_reachable'), 1);
    });

    it('count what ended, with the time in each stage', () => {
      assert.equal(sampleOf(scrape, 'badminton_videos_ended_total', { ending: 'completed' }), 1);
      for (const stage of ['PREPARING', 'RANKING', 'WAITING_FOR_SELECTION', 'UPLOADING']) {
        assert.equal(sampleOf(scrape, 'badminton_stage_seconds_count', { stage }), 1, stage);
      }
    });

    it('count attempts, and failures by their code', () => {
      const activityType = 'prepareVideoActivity';
      assert.equal(sampleOf(scrape, 'badminton_attempts_total', { activityType, outcome: 'done' }), 1);
      assert.equal(sampleOf(scrape, 'badminton_attempts_total', { activityType, outcome: 'failed' }), 1);
      assert.equal(sampleOf(scrape, 'badminton_failures_total', { activityType, code: 'NOT_A_VIDEO' }), 1);
      assert.equal(scrape.get('badminton_failures_total')?.length, 1);
    });

    it('count the bytes that were uploaded, once', () => {
      assert.equal(sampleOf(scrape, 'badminton_upload_bytes_total'), size);
      assert.equal(sampleOf(scrape, 'badminton_upload_speed_bytes_per_second_count'), 1);
      assert.ok(sampleOf(scrape, 'badminton_upload_speed_bytes_per_second_sum') > 0);
    });

    it('say what is left of the quota and of the disk', () => {
      const limit = sampleOf(scrape, 'badminton_quota_limit', { bucket: 'uploads' });
      assert.equal(sampleOf(scrape, 'badminton_quota_left', { bucket: 'uploads' }), limit - 1);
      assert.ok(sampleOf(scrape, 'badminton_disk_free_bytes', { folder: 'data' }) > 0);
    });

    it('contain no names of people, no titles and no paths', () => {
      assert.doesNotMatch(text, /Khanhz|Friendly|AnvsBo/);
      assert.ok(!text.includes(folder) && !text.includes(sampleName));
    });

    it('are given to nobody who asks by a name that is not of this machine', async () => {
      for (const host of [`evil.example:${port}`, 'evil.example', '']) {
        assert.match(await rawRequest(port, ['GET /metrics HTTP/1.1', `host: ${host}`]), /^HTTP\/1.1 4\d\d /, host);
      }
      const foreign = ['GET /metrics HTTP/1.1', `host: localhost:${port}`, 'origin: http://evil.example'];
      assert.match(await rawRequest(port, foreign), /^HTTP\/1.1 403 /);
      assert.match(await rawRequest(port, ['GET /metrics HTTP/1.1', `host: localhost:${port}`]), /badminton_videos\{/);
    });

    it('are what the dashboard asks for', () => {
      const { panels } = JSON.parse(docs('observability/grafana-dashboard.json'));
      const targets: { expr: string; legendFormat?: string }[] = panels.flatMap(
        (panel: { targets?: unknown[] }) => panel.targets ?? [],
      );
      assert.ok(targets.length > 20);
      for (const { expr } of targets) assert.deepEqual(promqlProblems(expr, scrape), [], expr);
    });

    it('are what the alert rules ask for', () => {
      const { groups } = parse(docs('observability/alert-rules.yaml'));
      const rules: { alert: string; expr: string }[] = groups.flatMap((group: { rules: unknown[] }) => group.rules);
      assert.ok(rules.length > 8);
      for (const { alert, expr } of rules) assert.deepEqual(promqlProblems(expr, scrape), [], alert);
    });

    it('are what docs/observability.md lists', () => {
      const listed = [...docs('observability.md').matchAll(/^\| `(badminton_\w+)`/gm)].map(
        ([, name]) => name as string,
      );
      const families = [...text.matchAll(/^# TYPE (badminton_\w+) /gm)].map(([, name]) => name as string);
      assert.deepEqual(listed.toSorted(), families.toSorted());
    });
  });

  describe('its traces', () => {
    const nameOf = (span: ReceivedSpan | undefined) => span?.name;
    const parentOf = (span: ReceivedSpan) => collector.spans.find(({ spanId }) => spanId === span.parentSpanId);
    let trace: readonly ReceivedSpan[];
    const steps = (name: string | RegExp) =>
      trace.filter((span) => (typeof name === 'string' ? span.name === name : name.test(span.name)));
    const step = (name: string | RegExp) => {
      const [found] = steps(name);
      assert.ok(found, `${name} is not among ${trace.map(nameOf).join(', ')}`);
      return found;
    };
    before(async () => {
      // The last step of a video to end.
      const whole = await collector.received(
        ({ name, attributes }) =>
          name === 'RunWorkflow:processVideoWorkflow' && JSON.stringify(attributes).includes(published.runId),
      );
      await collector.received(({ name, traceId }) => name.startsWith('StartWorkflow:') && traceId === whole.traceId);
      trace = collector.spans.filter(({ traceId }) => traceId === whole.traceId);
    });

    it('go from the client through the workflow to the activities', () => {
      assert.equal(nameOf(parentOf(step('RunWorkflow:processVideoWorkflow'))), 'StartWorkflow:processVideoWorkflow');
      for (const activity of ['prepareVideoActivity', 'rankThumbnailsActivity', 'uploadVideoActivity']) {
        assert.equal(nameOf(parentOf(step(`RunActivity:${activity}`))), `StartActivity:${activity}`);
        assert.equal(nameOf(parentOf(step(`StartActivity:${activity}`))), 'RunWorkflow:processVideoWorkflow');
      }
    });

    it('go into child processes', () => {
      const children = steps(/^child /);
      assert.ok(children.some((child) => nameOf(parentOf(child)) === 'RunActivity:rankThumbnailsActivity'));
      const run = step('run');
      assert.match(nameOf(parentOf(run)) ?? '', /^child /);
      const pid = run.attributes.find(({ key }) => key === 'process.pid')?.value as { intValue: number };
      assert.ok(pid.intValue > 0 && pid.intValue !== process.pid);
      const child = parentOf(run) as ReceivedSpan;
      // Milliseconds of two clocks' readings.
      assert.ok(BigInt(run.endTimeUnixNano) <= BigInt(child.endTimeUnixNano) + 5_000_000n);
    });

    it('go to the channel, by the names of its calls', () => {
      const upload = step('youtube uploadVideo');
      assert.equal(nameOf(parentOf(upload)), 'RunActivity:uploadVideoActivity');
      const put = step('HTTP PUT');
      assert.equal(nameOf(parentOf(put)), 'youtube uploadVideo');
      const kept = put.attributes.map(({ key }) => key).toSorted();
      assert.deepEqual(kept, ['http.request.method', 'http.response.status_code', 'server.address', 'server.port']);
      assert.equal(nameOf(parentOf(step('youtube setThumbnail'))), 'RunActivity:uploadVideoActivity');
      assert.ok(steps(/^HTTP /).some((call) => nameOf(parentOf(call)) === 'youtube setThumbnail'));
    });

    it('contain neither addresses nor titles', () => {
      assert.ok(collector.text().includes(published.videoId));
      assert.doesNotMatch(collector.text(), /upload_id|uploadType|Bearer|watch\?v=|Friendly Game|"memo"/);
    });

    it('are named in the log, with the video', async () => {
      const lines = readFileSync(path.join(folder, 'worker.log'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      const ofVideo = lines.filter(({ videoId }) => videoId === published.videoId);
      assert.ok(ofVideo.length >= 10);
      const { traceId } = step('RunWorkflow:processVideoWorkflow');
      for (const line of ofVideo) assert.equal(line.traceId, traceId, line.msg);
      const spans = new Set(steps(/^RunActivity:/).map(({ spanId }) => spanId));
      for (const line of ofVideo) assert.ok(spans.has(line.spanId), line.msg);
      for (const line of lines) {
        if (line.workflowType === 'processVideoWorkflow') assert.equal(line.videoId, line.workflowId);
      }
    });

    it('leave a history that replays without them', async () => {
      const { videoId, runId } = published;
      const history = await machine.client.workflow.getHandle(videoId, runId).fetchHistory();
      assert.match(JSON.stringify(history), /_tracer-data/);
      const codePath = await workflowBundle(cacheFolder(process.env));
      await Worker.runReplayHistory({ workflowBundle: { codePath } }, history, videoId);
    });
  });
});

/** A call of the SDK that the server refuses: some metrics are there only once one has failed. */
async function callInVain({ target }: Machine): Promise<void> {
  const connection = await NativeConnection.connect(target.connection);
  const execution = { workflowId: 'nobody' };
  const { namespace } = target;
  await assert.rejects(connection.workflowService.describeWorkflowExecution({ namespace, execution }));
  await connection.close();
}

it('a dashboard that asks for what nobody measures would be noticed', () => {
  const scrape = readScrape('a_total{stage="X"} 1\nb 2');
  assert.deepEqual(promqlProblems('sum by (stage) (rate(a_total{stage="X"}[5m])) / on (instance) b', scrape), []);
  assert.deepEqual(promqlProblems('a', scrape), ['nothing is called a']);
  assert.deepEqual(promqlProblems('a_total{stage="Y"}', scrape), ['no a_total has stage="Y"']);
  assert.deepEqual(promqlProblems('b{stage!="Y"}', scrape), ['b has no label stage']);
  assert.deepEqual(promqlProblems('sum by (code) (b)', scrape), ['nothing has code']);
  assert.ok(promqlProblems('sum(b', scrape).length > 0);
});
