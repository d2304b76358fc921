import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { Worker } from '@temporalio/worker';
import pino from 'pino';
import type { ProgramDataConverter } from './payloads/data-converter.ts';
import { installRuntime } from './worker.ts';

type History = Parameters<typeof Worker.runReplayHistory>[1];

/** First bytes of a gzip file (RFC 1952, 2.3.1). */
const packed = Buffer.from([0x1f, 0x8b]);

/**
 * A history as `temporal workflow show --output json` prints it, plain or packed with gzip.
 * @throws Error if the file holds anything else
 */
export async function readHistory(file: string): Promise<History> {
  const bytes = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'EISDIR' ? 'it is a folder' : cause.code;
    throw new Error(`It cannot be read: ${why}.`, { cause });
  });
  const value = parsed(bytes);
  if (!Array.isArray(value?.events) || value.events.length === 0) throw new Error('It holds no history of a workflow.');
  return value as History;
}

function parsed(bytes: Buffer): { events?: unknown } | null {
  try {
    const text = bytes.subarray(0, packed.length).equals(packed) ? gunzipSync(bytes) : bytes;
    return JSON.parse(text.toString('utf8'));
  } catch {
    return null;
  }
}

/**
 * Runs workflow code over a history, without a server and without an activity.
 * @param codePath of the bundled workflow code
 * @param dataConverter that reads the history's payloads; by default, Temporal's own
 * @returns how the code departs from the history first; undefined if it follows it
 */
export async function replay(
  history: History,
  codePath: string,
  dataConverter?: ProgramDataConverter,
): Promise<string | undefined> {
  const outcomes = await replayAll(new Map([['replayed', history]]), codePath, dataConverter);
  return outcomes.get('replayed');
}

/** The same for many histories by their names, in one worker. */
export async function replayAll(
  histories: ReadonlyMap<string, History>,
  codePath: string,
  dataConverter?: ProgramDataConverter,
): Promise<Map<string, string | undefined>> {
  installOnce();
  const named = [...histories].map(([workflowId, history]) => ({ workflowId, history }));
  const outcomes = new Map<string, string | undefined>();
  const options = { workflowBundle: { codePath }, ...(dataConverter && { dataConverter }) };
  const results = Worker.runReplayHistories(options, named);
  for await (const { workflowId, error } of results) outcomes.set(workflowId, error?.message);
  return outcomes;
}

let installed = false;

/** What goes wrong is returned, so nothing need be logged. */
function installOnce(): void {
  if (!installed) installRuntime(pino({ level: 'silent' }));
  installed = true;
}
