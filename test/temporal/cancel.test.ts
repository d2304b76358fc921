import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Context } from '@temporalio/activity';
import { WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import type { Stage } from '../../src/domain/stages.ts';
import type { LoggedRequest } from '../../src/local-youtube/request-log.ts';
import { publicationRecord } from '../../src/stages/records.ts';
import type { Activities } from '../../src/temporal/activity-types.ts';
import { selectThumbnail } from '../../src/temporal/client/control.ts';
import { describeVideo } from '../../src/temporal/client/progress.ts';
import { openReadOnly } from '../../src/workspace/workspace.ts';
import { childrenOf } from '../support/children.ts';
import { type Rig, startRig, until, untilStage } from '../support/rig.ts';
import { smallMatch } from '../support/small-match.ts';
import { type StoppedChildren, stopChildren } from '../support/stopped-children.ts';

/** How the work of a stage is kept from getting any further. */
type Held =
  /** Its child processes are stopped. */
  | { readonly children: keyof Activities }
  /** The local YouTube reads no more of a request, and does not answer. */
  | { readonly request: LoggedRequest['call'] }
  /** The activity itself waits, as slow work would. */
  | { readonly activity: keyof Activities };

interface Row {
  readonly what: string;
  readonly stage: Stage;
  readonly held?: Held;
  readonly early?: true;
  /** Whether the recording is on the channel when the video is cancelled. */
  readonly channel?: 'private' | 'published';
  /** The records that are there then. */
  readonly records: readonly string[];
}

const prepared = ['prepared.json'];
const ranked = [...prepared, 'activity.json', 'ranking.json'];
const selected = [...ranked, 'selection.json'];
const drawn = [...selected, 'thumbnail.json'];
const destination = 'destination.json';
const session = 'upload-session-local.json';
const publication = 'publication-local.json';

const rows: readonly Row[] = [
  { what: 'while it is probed', stage: 'PREPARING', held: { children: 'prepareVideoActivity' }, records: [] },
  { what: 'while it is ranked', stage: 'RANKING', held: { children: 'rankThumbnailsActivity' }, records: prepared },
  { what: 'while it waits for a person', stage: 'WAITING_FOR_SELECTION', records: ranked },
  {
    what: 'while it waits, half uploaded',
    stage: 'WAITING_FOR_SELECTION',
    early: true,
    held: { request: 'upload.chunk' },
    records: [...ranked, destination, session],
  },
  {
    what: 'while it waits, uploaded',
    stage: 'WAITING_FOR_SELECTION',
    early: true,
    channel: 'private',
    records: [...ranked, destination, publication],
  },
  {
    what: 'while a frame is taken from it',
    stage: 'SELECTING',
    held: { children: 'selectThumbnailActivity' },
    records: ranked,
  },
  {
    what: 'while its thumbnail is drawn',
    stage: 'ENHANCING',
    held: { children: 'enhanceThumbnailActivity' },
    records: selected,
  },
  {
    what: 'while it is uploaded',
    stage: 'UPLOADING',
    held: { request: 'upload.chunk' },
    records: [...drawn, destination, session],
  },
  {
    what: 'while it gets its thumbnail',
    stage: 'UPLOADING',
    held: { request: 'thumbnails.set' },
    channel: 'private',
    records: [...drawn, destination, publication],
  },
  {
    what: 'while it is put away',
    stage: 'CLEANING_UP',
    held: { activity: 'cleanupVideoActivity' },
    channel: 'published',
    records: [...drawn, destination, publication],
  },
];

/** What keeps the work of a row from getting any further. */
interface Hold {
  readonly begun: PromiseWithResolvers<void>;
  children?: StoppedChildren;
}
const holdNothing = (): Hold => ({ begun: Promise.withResolvers() });

describe('cancelling', () => {
  let rig: Rig;
  let row: Row | undefined;
  let hold = holdNothing();
  /** Requests that were held, by their call. */
  const asked: (string | undefined)[] = [];
  const standing: number[] = [];

  before(async () => {
    rig = await startRig({
      // As usual: what is tested is how soon a cancellation arrives.
      settings: { BADMINTON_HEARTBEAT_TIMEOUT: '20s', BADMINTON_UPLOAD_CHUNK_MIB: '1' },
      faults({ call }) {
        asked.push(call);
        const isHeld = row?.held && 'request' in row.held && row.held.request === call;
        if (isHeld) hold.begun.resolve();
        return isHeld ? { kind: 'stall', afterBytes: 1000 } : undefined;
      },
      around: (activities) => holding(activities, begin),
    });
    standing.push(...childrenOf(process.pid));
  });
  after(() => rig.close());

  const begin = async (name: keyof Activities) => {
    if (!row?.held) return;
    if ('children' in row.held && row.held.children === name) {
      hold.children = stopChildren(standing);
      void hold.children.found.then(hold.begun.resolve);
    }
    if ('activity' in row.held && row.held.activity === name) {
      hold.begun.resolve();
      await heldUp();
    }
  };

  for (const [index, each] of rows.entries()) {
    it(`ends a video ${each.what} (${each.stage}), and resumes from what is there`, async (t) => {
      row = each;
      hold = holdNothing();
      const file = await smallMatch(path.join(rig.folder, 'input', `md_AzBvsCzD_Cancel ${index}.mov`), {
        seed: 200 + index,
      });
      const content = sha256(file);
      const handle = await rig.start(file);
      await untilUnderWay(handle, each);
      if (each.held) await hold.begun.promise;

      const began = performance.now();
      await handle.cancel();
      await assert.rejects(handle.result(), WorkflowFailedError);
      const milliseconds = performance.now() - began;
      const left = hold.children?.end() ?? [];
      t.diagnostic(`ended after ${milliseconds.toFixed(0)} ms`);
      assert.ok(milliseconds < 5000, `it took ${milliseconds} ms`);
      assert.equal((await handle.describe()).status.name, 'CANCELLED');
      assert.deepEqual(left, [], 'its child processes have ended');

      const workspace = openReadOnly(rig.store.workspaceRoot, handle.workflowId);
      const files = readdirSync(workspace?.folder ?? '', { recursive: true, encoding: 'utf8' });
      assert.deepEqual(
        files.filter((name) => /\.(tmp|draft|partial)$/.test(name)),
        [],
      );
      const records = files.filter((name) => name.endsWith('.json') && !name.startsWith('sightings'));
      assert.deepEqual(records.sort(), each.records.toSorted());
      assert.equal(sha256(file), content);

      const details = await describeVideo(rig.client, handle.workflowId);
      assert.equal(details.stage, 'CANCELLED');
      const onRecord = workspace?.read(publicationRecord('local'));
      const shown = each.channel === 'private' ? details.privateUrl : details.watchUrl;
      assert.equal(shown, onRecord?.watchUrl, 'the status names what is on the channel, and the record too');
      assert.equal(onRecord !== undefined, each.channel !== undefined);
      const { length: before } = await onChannel(handle.workflowId);
      assert.equal(before, each.channel ? 1 : 0);
      if (each.channel === 'private') assert.deepEqual(await onChannel(handle.workflowId), ['private']);

      row = undefined;
      const times = each.records.map((name) => statSync(workspace?.path(name) ?? '').mtimeMs);
      const begun = asked.filter((call) => call === 'videos.insert').length;
      const again = await rig.start(file, { selectionPolicy: 'best', selectionTimeoutSeconds: 0.01 });
      if (each.channel === 'published') return void (await assertPublished(handle.workflowId));
      await again.result();
      await assertPublished(handle.workflowId);
      // The recording is fingerprinted and probed each time; a choice made by nobody may be another one.
      const kept = ranked.filter((name) => name !== 'prepared.json' && each.records.includes(name));
      for (const name of kept) {
        assert.equal(statSync(workspace?.path(name) ?? '').mtimeMs, times[each.records.indexOf(name)], name);
      }
      const isBegun = each.channel !== undefined || each.records.includes(session);
      assert.equal(asked.filter((call) => call === 'videos.insert').length - begun, isBegun ? 0 : 1);
    });
  }

  async function untilUnderWay(handle: WorkflowHandle, { stage, early, channel }: Row): Promise<void> {
    if (!early && stage !== 'PREPARING' && stage !== 'RANKING') {
      await untilStage(handle, 'WAITING_FOR_SELECTION');
      // Not the moment of a candidate: its picture has to be taken from the recording.
      if (stage !== 'WAITING_FOR_SELECTION') await selectThumbnail(rig.client, handle.workflowId, { atSeconds: 0.2 });
    }
    await untilStage(handle, stage);
    if (early && channel) await until(handle, ({ privateUrl }) => privateUrl !== undefined, 'uploaded early');
  }

  /** What the videos of this recording on the channel are, such as `private`. */
  async function onChannel(videoId: string): Promise<string[]> {
    const folder = path.join(rig.folder, 'youtube', 'videos');
    const videos = (existsSync(folder) ? readdirSync(folder) : []).map((id) =>
      JSON.parse(readFileSync(path.join(folder, id, 'video.json'), 'utf8')),
    );
    return videos.filter(({ snippet }) => snippet.tags.includes(videoId)).map(({ status }) => status.privacyStatus);
  }

  async function assertPublished(videoId: string): Promise<void> {
    assert.deepEqual(await onChannel(videoId), ['unlisted']);
  }

  /** The real activities, of which each first tells that it begins; early uploads as the row says. */
  function holding(activities: Activities, begins: (name: keyof Activities) => Promise<void>): Activities {
    const gated = Object.entries(activities).map(([name, activity]) => [
      name,
      async (...args: unknown[]) => {
        await begins(name as keyof Activities);
        return (activity as (...args: unknown[]) => Promise<unknown>)(...args);
      },
    ]);
    const all = Object.fromEntries(gated) as Activities;
    return {
      ...all,
      async acceptVideoActivity(file) {
        const accepted = await all.acceptVideoActivity(file);
        return { ...accepted, settings: { ...accepted.settings, uploadEarly: row?.early === true } };
      },
    };
  }
});

const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

/** Waits, like slow work, until it is cancelled. */
async function heldUp(): Promise<void> {
  const context = Context.current();
  const pump = setInterval(() => context.heartbeat({ note: 'held' }), 200);
  try {
    await context.cancelled;
  } finally {
    clearInterval(pump);
  }
}
