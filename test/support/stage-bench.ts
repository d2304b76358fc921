import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { type ErrorCode, StageError } from '../../src/domain/errors.ts';
import { parseRecordingName } from '../../src/domain/file-name.ts';
import type { Progress, StageContext } from '../../src/stages/context.ts';
import { prepareVideo } from '../../src/stages/prepare/index.ts';
import { type PreparedRecord, preparedRecord } from '../../src/stages/records.ts';
import { openStore, type Store } from '../../src/workspace/store.ts';
import type { Workspace } from '../../src/workspace/workspace.ts';
import { atEnd, temporaryFolder } from './clean-up.ts';
import { sampleRecording } from './sample-recording.ts';

/** A data folder, an input folder, and what stages receive. */
export interface StageBench {
  readonly folder: string;
  readonly dataFolder: string;
  readonly inputFolder: string;
  readonly store: Store;
  /** What the stages reported. */
  readonly progress: Progress[];
  /** The context of a new attempt, newer than all previous ones. */
  attempt(signal?: AbortSignal): StageContext;
  workspace(file: string): Promise<Workspace>;
  recording(name?: string, unusedBytes?: number): Promise<string>;
  /** A recording with the results of the stage "prepare". */
  prepared(name?: string, unusedBytes?: number): Promise<string>;
}

export const prepareOptions = { timeZone: 'Asia/Ho_Chi_Minh', target: 'local' } as const;

export async function stageBench(t: TestContext): Promise<StageBench> {
  const folder = await temporaryFolder(t);
  const dataFolder = path.join(folder, 'data');
  const inputFolder = path.join(folder, 'input');
  await mkdir(inputFolder);
  const store = openStore(dataFolder);
  atEnd(t, () => store.close());
  const progress: Progress[] = [];
  let attempts = 0;
  const attempt = (signal = new AbortController().signal): StageContext => {
    attempts += 1;
    return {
      store,
      attempt: { line: 'bench', place: [1, attempts] },
      signal,
      report: (latest) => progress.push(latest),
    };
  };
  const recording = (name?: string, unusedBytes?: number) => sampleRecording(inputFolder, name, unusedBytes);
  return {
    folder,
    dataFolder,
    inputFolder,
    store,
    progress,
    attempt,
    recording,
    workspace: (file) => store.open(file, attempt().attempt),
    async prepared(name, unusedBytes) {
      const file = await recording(name, unusedBytes);
      const context = attempt();
      const workspace = await store.open(file, context.attempt);
      workspace.write(preparedRecord, await prepare(file, dataFolder, context));
      return file;
    },
  };
}

let probed: PreparedRecord | undefined;

/** Runs the stage itself for the first recording of a process; the others differ from that only in identity. */
async function prepare(file: string, dataFolder: string, context: StageContext): Promise<PreparedRecord> {
  probed ??= (await prepareVideo(file, { ...prepareOptions, dataFolder }, context)).record;
  const { match, alternatives } = parseRecordingName(file);
  return {
    ...probed,
    fingerprint: await context.store.recordings.fingerprint(file),
    recording: path.basename(file),
    videoPath: file,
    info: { ...probed.info, sizeBytes: (await stat(file)).size },
    match,
    alternatives: [...alternatives],
  };
}

/** A file with that text in the input folder. */
export async function textFile(bench: StageBench, name: string, text: string | Uint8Array): Promise<string> {
  const file = path.join(bench.inputFolder, name);
  await writeFile(file, text);
  return file;
}

/** For `assert.rejects` and `assert.throws`: a StageError of this code, whose words can be shown to a person. */
export function stageError(code: ErrorCode, message: RegExp = /./): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof StageError, `a StageError, not ${error}`);
    assert.equal(error.code, code);
    assert.match(error.message, message);
    assert.ok(error.action.length > 0, 'it says what to do');
    return true;
  };
}

/** Names in a folder that only unfinished work leaves behind. */
export function leftovers(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => /\.(tmp|draft|partial)$|partial/.test(name));
}
