import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { type LocalYouTube, startLocalYouTube } from '../../src/local-youtube/local-youtube.ts';
import { describeVideo, type VideoDetails } from '../../src/temporal/client/progress.ts';
import { connect, embeddedTarget } from '../../src/temporal/connect.ts';
import { type EmbeddedServer, startEmbeddedServer } from '../../src/temporal/server/embedded.ts';
import { runProgram, startProgram } from '../support/program.ts';
import { publishedIds, serverBinary } from '../support/rig.ts';
import { smallMatch } from '../support/small-match.ts';

describe('a worker killed with kill -9', () => {
  let folder: string;
  let server: EmbeddedServer;
  let youtube: LocalYouTube;
  let settings: Record<string, string>;
  let stalled = false;
  let client: Client;
  const calls: string[] = [];
  /** A call that is answered late, and what then happens at once. */
  let late: { readonly call: string; readonly reached: () => void } | undefined;
  const json = async (...args: string[]) => JSON.parse((await runProgram([...args, '--json'], settings)).stdout);

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'badminton-killed-'));
    server = await startEmbeddedServer({ dataFolder: folder, port: 0, uiPort: 0, binary: serverBinary });
    youtube = await startLocalYouTube({
      folder: path.join(folder, 'youtube'),
      processingMs: 20,
      // Half of the first upload's second chunk arrives and then nothing more happens until the worker is killed.
      faults: ({ contentRange, call }) => {
        calls.push(call ?? '');
        if (late && call === late.call) {
          late.reached();
          late = undefined;
          return { kind: 'delay', ms: 500 };
        }
        if (stalled || !contentRange?.startsWith('bytes 1048576-')) return undefined;
        stalled = true;
        return { kind: 'stall', afterBytes: 300_000 };
      },
    });
    client = await connect(embeddedTarget(server));
    settings = {
      BADMINTON_DATA_DIR: folder,
      BADMINTON_YOUTUBE_URL: youtube.url,
      BADMINTON_UPLOAD_CHUNK_MIB: '1',
      BADMINTON_HEARTBEAT_TIMEOUT: '3s',
      BADMINTON_RETRY_INTERVAL: '200ms',
      TEMPORAL_ADDRESS: server.address,
    };
  });
  after(async () => {
    await client.connection.close();
    await youtube.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('in the middle of ranking and of uploading: published exactly once, the recording whole', async () => {
    const file = await smallMatch(path.join(folder, 'md_HuyzVietvsThezLeo.mov'), {
      seed: 500,
      seconds: 16,
      width: 1280,
      height: 720,
    });
    const content = sha256(file);
    let worker = startProgram(['worker'], settings);
    await worker.printed('Working for');
    const { videos } = await json('start', file);
    const id: string = videos[0].videoId;

    await untilStatus(id, ({ stage, step }) => stage === 'RANKING' && step?.waiting === false);
    await worker.kill();
    worker = startProgram(['worker'], settings);
    await untilStatus(id, ({ stage }) => stage === 'WAITING_FOR_SELECTION');
    assert.equal((await runProgram(['select', id, '--best'], settings)).code, 0);

    await untilStatus(id, ({ stage, step }) => stage === 'UPLOADING' && step?.waiting === false && stalled);
    await worker.kill();
    assert.deepEqual(await publishedIds({ youtube }), []);
    worker = startProgram(['worker'], settings);
    const done = await untilStatus(id, ({ stage }) => stage === 'COMPLETED');
    await worker.interrupt();

    assert.equal((await publishedIds({ youtube })).length, 1);
    assert.equal(sha256(file), content);
    const watch = new URL(done.watchUrl ?? '');
    const published = await fetch(new URL(`/media/${watch.searchParams.get('v')}`, watch));
    const bytes = Buffer.from(await published.arrayBuffer());
    assert.equal(createHash('sha256').update(bytes).digest('hex'), content);
  });

  it('in the middle of a revision: the worker after it does the rest', async (t) => {
    const [{ videoId: id }] = (await json('list')).videos;
    let worker = startProgram(['worker'], settings);
    t.after(() => worker.kill());
    await worker.printed('Working for');
    for (const call of ['thumbnails.set', 'videos.update']) {
      const reached = Promise.withResolvers<void>();
      late = { call, reached: reached.resolve };
      const before = calls.length;
      const title = `Killed at ${call}`;
      const frame = call === 'thumbnails.set' ? '2' : '1';
      const revised = runProgram(['revise', id, '--title', title, '--frame', frame, '--json'], settings);
      await Promise.race([reached.promise, revised]);
      await worker.kill();
      worker = startProgram(['worker'], settings);
      const { code, stdout, stderr } = await revised;
      assert.equal(code, 0, stderr);
      const { outcome, shown } = JSON.parse(stdout);
      assert.deepEqual([outcome, shown.title], ['revised', title]);
      assert.match(stderr, /At most 103 units/);
      const made = (name: string) => calls.slice(before).filter((one) => one === name).length;
      // A call whose worker dies while it is under way may not have been done.
      assert.deepEqual([made('thumbnails.set') + made('videos.update') <= 3, made('playlistItems.insert')], [true, 0]);
    }
    const back = await runProgram(['revise', id, '--put-back'], settings);
    assert.match(back.stdout, /^Revised\. To undo it/m);
    assert.equal((await json('revise', id)).shown.title, 'Killed at thumbnails.set');
  });

  /** Not by commands: on a busy machine, one that is started takes longer than a stage. */
  async function untilStatus(id: string, wanted: (details: VideoDetails) => boolean): Promise<VideoDetails> {
    for (const deadline = Date.now() + 60_000; ; await sleep(50)) {
      const details = await describeVideo(client, id);
      if (wanted(details)) return details;
      if (Date.now() > deadline) throw new Error(`not reached: ${JSON.stringify(details)}`);
    }
  }
});

function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
