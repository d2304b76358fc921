// Records workflow histories for test/temporal/replay.test.ts: `node scripts/record-histories.ts`.
// Run it when the workflow changed on purpose and old runs are no longer supported; names and paths are made neutral.
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { WorkflowHandle } from '@temporalio/client';
import type { Fault } from '../src/local-youtube/fault.ts';
import { correctMatch, retryStage, selectThumbnail } from '../src/temporal/client/control.ts';
import { type Rig, serverBinary, startRig, untilStage } from '../test/support/rig.ts';
import { smallMatch } from '../test/support/small-match.ts';

const run = promisify(execFile);
const folder = fileURLToPath(new URL('../test/temporal/histories/', import.meta.url));
let fault: Fault | undefined;
let seed = 700;
const rig = await startRig({ faults: ({ call }) => (call === 'videos.update' ? fault : undefined) });
mkdirSync(folder, { recursive: true });
try {
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
} finally {
  await rig.close();
}

async function record(
  name: string,
  recording: string,
  live: (handle: WorkflowHandle) => Promise<unknown>,
  input: Parameters<Rig['start']>[1] = {},
): Promise<void> {
  const file = await smallMatch(path.join(rig.folder, 'input', recording), { seed: seed++ });
  const handle = await rig.start(file, input);
  await live(handle);
  const shown = await run(await serverBinary(), [
    ...['workflow', 'show', '--address', rig.server.address],
    ...['--workflow-id', handle.workflowId, '--output', 'json'],
  ]);
  const history = JSON.parse(shown.stdout);
  writeFileSync(path.join(folder, `${name}.json`), `${JSON.stringify(neutral(history), undefined, 1)}\n`);
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
