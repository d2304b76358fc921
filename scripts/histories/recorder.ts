import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { WorkflowHandle } from '@temporalio/client';
import { type Rig, serverBinary } from '../../test/support/rig.ts';
import { smallMatch } from '../../test/support/small-match.ts';

const run = promisify(execFile);

/** Lives through what is to be recorded; the history is read when it is over. */
export type Live = (handle: WorkflowHandle, rig: Rig) => Promise<unknown>;

export interface Kind {
  /** File name in the input folder. */
  readonly recording: string;
  readonly live: Live;
  /** The first run that is recorded, from 1: those before it were made with another workflow. */
  readonly fromRun?: number;
  /** What it is started with, or how; `file` is the recording. */
  readonly start?: Parameters<Rig['start']>[1] | ((file: string, rig: Rig) => Promise<WorkflowHandle>);
}

/** Whether a kind has been recorded in the folder, as JSON or packed. */
export const isRecorded = (folder: string, name: string): boolean =>
  ['.json', '.json.gz'].some((ending) => existsSync(path.join(folder, `${name}${ending}`)));

/** Lets a video live through a kind on the rig, and writes its history to the folder, without names and paths. */
export async function recordKind(
  rig: Rig,
  folder: string,
  name: string,
  { recording, live, start, fromRun = 1 }: Kind,
  seed: number,
): Promise<void> {
  const match = await smallMatch(path.join(rig.folder, 'input', recording), { seed });
  const handle = typeof start === 'function' ? await start(match, rig) : await rig.start(match, start);
  await live(handle, rig);
  const histories = (await historiesOf(rig, handle.workflowId)).slice(fromRun - 1);
  if (histories.length === 0) throw new Error(`${name} has no run ${fromRun}`);
  for (const [index, history] of histories.entries()) {
    const file = path.join(folder, `${name}${index === 0 ? '' : `-run-${index + fromRun}`}.json.gz`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, gzipSync(JSON.stringify(neutral(history, rig.folder)), { level: 9 }));
  }
}

interface History {
  readonly events: readonly {
    readonly workflowExecutionContinuedAsNewEventAttributes?: { readonly newExecutionRunId: string };
    readonly workflowExecutionStartedEventAttributes?: { readonly firstExecutionRunId: string };
  }[];
}

/** Of each run of the workflow, the first one first. */
async function historiesOf(rig: Rig, workflowId: string): Promise<History[]> {
  const latest = await show(rig, workflowId);
  const histories: History[] = [];
  let runId = latest.events[0]?.workflowExecutionStartedEventAttributes?.firstExecutionRunId;
  while (runId !== undefined) {
    const history = await show(rig, workflowId, runId);
    histories.push(history);
    runId = history.events.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
  }
  return histories;
}

async function show(rig: Rig, workflowId: string, runId?: string): Promise<History> {
  const shown = await run(
    await serverBinary(),
    [
      ...['workflow', 'show', '--address', rig.server.address, '--workflow-id', workflowId, '--output', 'json'],
      ...(runId === undefined ? [] : ['--run-id', runId]),
    ],
    { maxBuffer: 2 ** 27 },
  );
  return JSON.parse(shown.stdout);
}

/** Replaces folders and machine names everywhere, inside payloads too. */
function neutral(value: unknown, folder: string): unknown {
  if (typeof value === 'string') return replaceNames(value, folder);
  if (Array.isArray(value)) return value.map((one) => neutral(one, folder));
  if (typeof value !== 'object' || value === null) return value;
  if ('metadata' in value && 'data' in value && typeof value.data === 'string') {
    const text = replaceNames(Buffer.from(value.data, 'base64').toString('utf8'), folder);
    return { ...value, data: Buffer.from(text).toString('base64') };
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, neutral(inner, folder)]));
}

function replaceNames(text: string, folder: string): string {
  return text
    .replaceAll(/(?:file:\/\/)?[^\s"(]*\/(src|scripts|test|node_modules)\//g, '$1/')
    .replaceAll(folder, '/club/data')
    .replaceAll(hostname(), 'club-laptop')
    .replace(/^\d+@/, '1@');
}
