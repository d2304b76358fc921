// Records workflow histories for test/temporal/replay.test.ts: `node scripts/record-histories.ts` records those that
// are missing, with names it records those again. Record a new one before a change that touches its states; what is
// recorded never changes, so that runs of earlier versions keep replaying. Names and paths are made neutral.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { WorkflowHandle } from '@temporalio/client';
import type { Fault } from '../src/local-youtube/fault.ts';
import { correctMatch, retryStage, selectThumbnail, undoSelection } from '../src/temporal/client/control.ts';
import type { VideoStatus } from '../src/temporal/names.ts';
import { type Rig, serverBinary, startRig, until, untilStage } from '../test/support/rig.ts';
import { smallMatch } from '../test/support/small-match.ts';

const run = promisify(execFile);
const folder = fileURLToPath(new URL('../test/temporal/histories/', import.meta.url));
const wanted = process.argv.slice(2);
let fault: Fault | undefined;
let seed = 700;
let rig: Rig;
mkdirSync(folder, { recursive: true });

await withRig({}, async () => {
  await record('chosen-by-a-person', 'md_HuyzVietvsThezLeo_Friendly Game.mov', async (handle) => {
    const { candidates } = await untilStage(handle, 'WAITING_FOR_SELECTION');
    await correctMatch(rig.client, handle.workflowId, { tournament: 'Sunday Open' });
    await handle.signal('thumbnailSelectedSignal', { videoPath: '/some/other.mov' });
    await selectThumbnail(rig.client, handle.workflowId, { frame: candidates?.[1]?.frame as string });
    await handle.result();
  });
  await record('best-after-a-time', 'ms_AnvsBo.mov', (handle) => handle.result(), {
    selectionPolicy: 'best',
    selectionTimeoutSeconds: 0.2,
  });
  await record('parked-and-retried', 'ws_EvevsFay.mov', async (handle) => {
    fault = { kind: 'answer', status: 503 };
    await selectThumbnail(rig.client, handle.workflowId, { best: true });
    await untilStage(handle, 'NEEDS_ATTENTION');
    fault = undefined;
    await retryStage(rig.client, handle.workflowId);
    await handle.result();
  });
  await record('cancelled-while-waiting', 'ws_ChivsDu.mov', async (handle) => {
    await untilStage(handle, 'WAITING_FOR_SELECTION');
    await handle.cancel();
    await handle.result().catch(() => undefined);
  });
  await record('undone-and-chosen-again', 'ms_UndovsRedo.mov', async (handle) => {
    await untilStage(handle, 'WAITING_FOR_SELECTION');
    await selectThumbnail(rig.client, handle.workflowId, { best: true, undoSeconds: 30 });
    await undoSelection(rig.client, handle.workflowId);
    await selectThumbnail(rig.client, handle.workflowId, { best: true, undoSeconds: 0.3 });
    await handle.result();
  });
  await record('chosen-again-while-parked-at-enhancing', 'ms_PaintvsBrush.mov', async (handle) => {
    const { second } = await parkedAtEnhancing(handle);
    await selectThumbnail(rig.client, handle.workflowId, { frame: second, look: { theme: 'white' } });
    await handle.result();
  });
  await record('undone-while-parked-at-enhancing', 'ms_PaletvsBoard.mov', async (handle) => {
    await parkedAtEnhancing(handle);
    await undoSelection(rig.client, handle.workflowId);
  });
  await record('undone-and-retried-while-parked-at-enhancing', 'ms_InkvsPen.mov', async (handle) => {
    await parkedAtEnhancing(handle);
    await undoSelection(rig.client, handle.workflowId);
    await retryStage(rig.client, handle.workflowId);
    await handle.result();
  });
  await record('undone-while-parked-at-selecting', 'ms_PickvsChoose.mov', async (handle) => {
    await parkedAtSelecting(handle);
    await undoSelection(rig.client, handle.workflowId);
  });
  await record('undone-and-retried-while-parked-at-selecting', 'ms_TakevsGive.mov', async (handle) => {
    const back = await parkedAtSelecting(handle);
    await undoSelection(rig.client, handle.workflowId);
    back();
    await retryStage(rig.client, handle.workflowId);
    await handle.result();
  });
  await record('chosen-again-while-parked-at-selecting', 'ms_ThisvsThat.mov', async (handle) => {
    const back = await parkedAtSelecting(handle);
    back();
    await selectThumbnail(rig.client, handle.workflowId, { best: true, undoSeconds: 5 });
    await handle.result();
  });
  await record(
    'waiting-with-an-odd-input',
    'ms_OddvsEven.mov',
    (handle) => untilStage(handle, 'WAITING_FOR_SELECTION'),
    { selectionPolicy: 'whenever', topN: 'three', hostId: undefined } as object,
  );
  await record('signalled-while-sleeping', 'ms_LatevsWord.mov', async (handle) => {
    fault = { kind: 'answer', status: 403, reason: 'quotaExceeded' };
    await selectThumbnail(rig.client, handle.workflowId, { best: true });
    const { videoPath } = await until(handle, ({ waiting }) => waiting !== undefined, 'sleep');
    await handle.signal('thumbnailSelectedSignal', { videoPath });
    await until(handle, ({ warnings }) => warnings.some((warning) => warning.includes('signal')), 'the warning');
    fault = undefined;
    await retryStage(rig.client, handle.workflowId);
    await handle.result();
  });
  await record('sleeping-until-the-quota-is-renewed', 'ms_QuotavsUnit.mov', async (handle) => {
    fault = { kind: 'answer', status: 403, reason: 'quotaExceeded' };
    await selectThumbnail(rig.client, handle.workflowId, { best: true });
    await until(handle, ({ waiting }) => waiting !== undefined, 'sleep');
    fault = undefined;
  });
});
await withRig({ BADMINTON_UPLOAD_EARLY: 'on' }, async () => {
  await record('uploaded-early', 'ms_EarlyvsLate.mov', async (handle) => {
    await until(handle, ({ privateUrl }) => privateUrl !== undefined, 'the early upload');
    await untilStage(handle, 'WAITING_FOR_SELECTION');
    await selectThumbnail(rig.client, handle.workflowId, { best: true });
    await handle.result();
  });
});

await withRig({}, async () => {
  const startForeign = (name: string) => (videoPath: string) =>
    rig.client.workflow.start('processVideoWorkflow', {
      workflowId: name,
      taskQueue: 'badminton',
      args: [{ videoPath }],
    });
  await record(
    'foreign-and-waiting',
    'ms_PathvsOnly.mov',
    (handle) => untilStage(handle, 'WAITING_FOR_SELECTION'),
    startForeign('foreign-and-waiting'),
  );
  await record(
    'foreign-and-parked-without-its-recording',
    'ms_GonevsAway.mov',
    (handle) => untilStage(handle, 'NEEDS_ATTENTION', 90),
    (file) => startForeign('foreign-and-parked')(`${file}.gone`),
  );
  await record(
    'foreign-and-waiting-for-its-machine',
    'ms_OffvsOn.mov',
    (handle) => until(handle, ({ waiting }) => waiting !== undefined, 'the wait'),
    (file) => startForeign('foreign-and-waiting-for-its-machine')(`${file}.gone`),
  );
});

async function withRig(settings: Record<string, string>, work: () => Promise<void>): Promise<void> {
  rig = await startRig({ settings, faults: ({ call }) => (call === 'videos.update' ? fault : undefined) });
  await work().finally(() => rig.close());
}

/** The design of the first choice does not exist; resolves to another candidate. */
async function parkedAtEnhancing(handle: WorkflowHandle): Promise<{ second: string }> {
  const { candidates } = await untilStage(handle, 'WAITING_FOR_SELECTION');
  await selectThumbnail(rig.client, handle.workflowId, { best: true, look: { template: 'no-such-template' } });
  await untilStage(handle, 'NEEDS_ATTENTION');
  return { second: candidates?.[1]?.frame as string };
}

/** The recording is missing when a moment of it is chosen; the result puts it back. */
async function parkedAtSelecting(handle: WorkflowHandle): Promise<() => void> {
  const { videoPath }: VideoStatus = await untilStage(handle, 'WAITING_FOR_SELECTION');
  renameSync(videoPath, `${videoPath}.away`);
  await selectThumbnail(rig.client, handle.workflowId, { atSeconds: 1.7 });
  await untilStage(handle, 'NEEDS_ATTENTION');
  return () => renameSync(`${videoPath}.away`, videoPath);
}

async function record(
  name: string,
  recording: string,
  live: (handle: WorkflowHandle) => Promise<unknown>,
  start: Parameters<Rig['start']>[1] | ((file: string) => Promise<WorkflowHandle>) = {},
): Promise<void> {
  const recordingSeed = seed++;
  const file = path.join(folder, `${name}.json`);
  if (wanted.length > 0 ? !wanted.includes(name) : existsSync(file)) return;
  const match = await smallMatch(path.join(rig.folder, 'input', recording), { seed: recordingSeed });
  const handle = typeof start === 'function' ? await start(match) : await rig.start(match, start);
  await live(handle);
  const shown = await run(await serverBinary(), [
    ...['workflow', 'show', '--address', rig.server.address],
    ...['--workflow-id', handle.workflowId, '--output', 'json'],
  ]);
  const history = JSON.parse(shown.stdout);
  writeFileSync(file, `${JSON.stringify(neutral(history), undefined, 1)}\n`);
}

/** Replaces folders and machine names everywhere, inside payloads too. */
function neutral(value: unknown): unknown {
  if (typeof value === 'string') return replaceNames(value);
  if (Array.isArray(value)) return value.map(neutral);
  if (typeof value !== 'object' || value === null) return value;
  if ('metadata' in value && 'data' in value && typeof value.data === 'string') {
    const text = replaceNames(Buffer.from(value.data, 'base64').toString('utf8'));
    return { ...value, data: Buffer.from(text).toString('base64') };
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, neutral(inner)]));
}

function replaceNames(text: string): string {
  return text
    .replaceAll(/(?:file:\/\/)?[^\s"(]*\/(src|node_modules)\//g, '$1/')
    .replaceAll(rig.folder, '/club/data')
    .replaceAll(hostname(), 'club-laptop')
    .replace(/^\d+@/, '1@');
}
