import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { requireWhole } from '../../src/intake/require-whole.ts';
import { startRecording } from '../../src/intake/start-recording.ts';
import { type FolderWatch, watchFolder } from '../../src/intake/watch-folder.ts';
import type { StartOutcome } from '../../src/temporal/client/start.ts';
import { createVideoStarter } from '../../src/temporal/client/start.ts';
import { listVideos } from '../../src/temporal/client/videos.ts';
import { numberedFrame, writeClip } from '../media/clips.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { smallMatch } from '../support/small-match.ts';
import { stageError } from '../support/stage-bench.ts';

const run = promisify(execFile);
const copier = fileURLToPath(new URL('copier.ts', import.meta.url));
const times = { quietFor: 120, lookEvery: 30, sayAfter: 1200 };
/** Long enough to pass for the end of the copying. */
const pause = 4 * times.quietFor;

describe('unfinished copies', () => {
  let rig: Rig;
  let folder: FolderWatch;
  const said: string[] = [];
  const outcomes: { readonly name: string; readonly outcome: StartOutcome }[] = [];
  let contents = 0;

  before(async () => {
    rig = await startRig();
    folder = watchFolder(rig.config.INPUT_DIR, {
      ...times,
      check: requireWhole,
      take: async (file) => {
        outcomes.push({ name: path.basename(file), outcome: await start(file) });
      },
      say: (message) => said.push(message),
    });
  });
  after(async () => {
    await folder.close();
    await rig.close();
  });
  const start = (file: string) => rig.startVideo(file);

  /** A recording with unique content: a camera's, with the index at the end, or one made for the web. */
  async function recording(indexFirst: boolean): Promise<string> {
    contents += 1;
    const content = contents;
    const file = path.join(rig.folder, 'camera', `${content}.mov`);
    if (!indexFirst) return smallMatch(file, { seed: 900 + content });
    await mkdir(path.dirname(file), { recursive: true });
    const draw = (number: number) => numberedFrame(number + content);
    return writeClip(file, { seconds: 6, indexFirst, draw });
  }
  const copy = async (pattern: string, name: string, indexFirst: boolean) => {
    const source = await recording(indexFirst);
    const target = path.join(rig.config.INPUT_DIR, name);
    await run(process.execPath, [copier, pattern, source, target, String(pause)]);
    return target;
  };
  async function untilTrue(condition: () => boolean, what: string) {
    for (const deadline = Date.now() + 20_000; !condition(); await sleep(30)) {
      assert.ok(Date.now() < deadline, `waited in vain until ${what}: ${JSON.stringify({ said, outcomes })}`);
    }
  }
  const saidOf = (name: string) => said.filter((message) => message.startsWith(name));
  const outcomesOf = (name: string) => outcomes.flatMap((each) => (each.name === name ? [each.outcome.kind] : []));
  const isOn = async (name: string) => (await listVideos(rig.client)).filter(({ recording: each }) => each === name);

  // Each is mostly waiting, so they are copied side by side, as a phone with many recordings does.
  describe('become exactly one video', { concurrency: true }, () => {
    for (const pattern of ['preallocated', 'backwards', 'growing', 'renamed', 'placeholder', 'link']) {
      for (const index of ['first', 'last']) {
        it(`one that is ${pattern}, its index ${index}`, async () => {
          const name = `ms_AnvsBo_${pattern} ${index}.mov`;
          await copy(pattern, name, index === 'first');
          await untilTrue(() => outcomesOf(name).length > 0, `${name} is started`);
          await sleep(6 * times.quietFor);
          const [first, ...others] = outcomesOf(name);
          assert.equal(first, 'started');
          // A link that is dangling for a moment, and then leads to the same content, is recognised.
          assert.ok(
            others.every((kind) => pattern === 'link' && kind === 'joined'),
            others.join(),
          );
          for (const deadline = Date.now() + 20_000; (await isOn(name)).length === 0; await sleep(100)) {
            assert.ok(Date.now() < deadline, 'it is listed');
          }
          assert.equal((await isOn(name)).length, 1);
          assert.ok(
            saidOf(name).every((message) => /is not whole yet|is still not whole/.test(message)),
            saidOf(name).join('\n'),
          );
        });
      }
    }
  });

  it('one that broke off becomes no video and is reported, however long it stays unchanged, until it is copied again', async () => {
    const name = 'ms_AnvsBo_broken.mov';
    const file = await copy('broken off', name, false);
    await untilTrue(() => saidOf(name).length === 2, 'it is said');
    assert.match(
      saidOf(name)[0] ?? '',
      /^ms_AnvsBo_broken\.mov is not whole yet \(A part of it is missing or empty\.\) Waiting/,
    );
    assert.match(
      saidOf(name)[1] ?? '',
      /^ms_AnvsBo_broken\.mov is still not whole, and has not changed for \d+ s\. .*copy it again/,
    );
    await sleep(times.sayAfter);
    assert.deepEqual([outcomesOf(name), saidOf(name).length], [[], 2]);
    await assert.rejects(start(file), stageError('DAMAGED_VIDEO', /is unfinished: a part of it is empty/));

    await rm(file);
    await copy('renamed', name, false);
    await untilTrue(() => outcomesOf(name).length > 0, 'the whole one is started');
  });

  it('one that is written to while being started is refused', async () => {
    const source = await recording(false);
    const { ledger, recordings } = rig.store;
    const meddling = {
      ledger,
      recordings: {
        fingerprint: async (file: string) => {
          const fingerprint = await recordings.fingerprint(file);
          await run('touch', [file]);
          return fingerprint;
        },
      },
    };
    const { client, hostId: id } = rig;
    const starter = createVideoStarter({
      client,
      store: meddling,
      host: { id },
      taskQueue: 'badminton',
      target: () => 'local',
    });
    await assert.rejects(startRecording(starter)(source), stageError('FILE_CHANGED', /still being written to/));
  });
});
