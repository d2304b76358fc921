import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { tryLock } from '../../workspace/process-lock.ts';
import { describeTooOld, oldestServer, readBinaryVersion } from './binary-version.ts';
import { buildServer } from './build.ts';
import { downloadServer } from './download.ts';
import { findGo, oldestGo } from './go.ts';

export interface BinaryOptions {
  /** BADMINTON_TEMPORAL_CLI, if set. */
  readonly configured?: string | undefined;
  readonly searchPath: string;
  readonly cacheFolder: string;
  /** Tells a person what is taking so long. */
  readonly say: (message: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Finds the Temporal CLI, whose `server start-dev` is the embedded server: the configured path, PATH, our own cache,
 * the SDK's download, and finally a build from source with Go.
 * @throws Error saying what to install
 */
export async function findServerBinary(options: BinaryOptions): Promise<string> {
  const { configured, searchPath, cacheFolder, say, signal } = options;
  if (configured) {
    const problem = await problemOf(configured);
    if (problem === undefined) return configured;
    throw new Error(
      `BADMINTON_TEMPORAL_CLI is ${configured}, which ${problem}. Set it to another one, or leave it out: then one is found, ` +
        'downloaded or built.',
    );
  }
  const known = await findExisting(searchPath, cacheFolder, (binary, why) => say(`Not used: ${binary} ${why}.`));
  if (known) return known;

  const release = await lockPatiently(join(cacheFolder, 'server.lock'), say, signal);
  try {
    const meanwhile = await findExisting(searchPath, cacheFolder);
    if (meanwhile) return meanwhile;
    const obtained =
      (await downloadServer(join(cacheFolder, 'download'), say)) ??
      (await buildServer(join(cacheFolder, 'bin'), { searchPath, say, signal }));
    if (obtained && (await problemOf(obtained)) === undefined) return obtained;
  } finally {
    release();
  }
  throw new Error(
    `The Temporal server is missing, could not be downloaded, and ${await whyNotBuilt(searchPath)}. ` +
      `Install the Temporal CLI (https://docs.temporal.io/cli) with server ${oldestServer} or later, or set TEMPORAL_ADDRESS ` +
      'to a running server.',
  );
}

async function whyNotBuilt(searchPath: string): Promise<string> {
  const go = await findGo(searchPath);
  return go && !go.canBuild
    ? `the Go that is here, ${go.version}, is too old to build it: that takes ${oldestGo} or later`
    : `Go ${oldestGo} or later is not here to build it`;
}

/**
 * The binary, if it is already here; downloads and builds nothing.
 * @param rejected called with each Temporal CLI that is not used, and why
 */
export async function findExisting(
  searchPath: string,
  cacheFolder: string,
  rejected: (binary: string, why: string) => void = () => {},
): Promise<string | undefined> {
  const folders = [...searchPath.split(delimiter).filter(Boolean), join(cacheFolder, 'bin')];
  const download = join(cacheFolder, 'download');
  const candidates = [
    ...folders.map((folder) => join(folder, 'temporal')),
    ...(existsSync(download) ? readdirSync(download).map((name) => join(download, name)) : []),
  ];
  for (const candidate of candidates) {
    const version = isExecutable(candidate) ? await readBinaryVersion(candidate) : undefined;
    if (version?.isNewEnough) return candidate;
    if (version) rejected(candidate, describeTooOld(version));
  }
  return undefined;
}

/** Why a binary cannot be used; undefined if it can. */
export async function problemOf(binary: string): Promise<string | undefined> {
  const version = await readBinaryVersion(binary);
  if (!version) return 'does not run as the Temporal CLI';
  return version.isNewEnough ? undefined : describeTooOld(version);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function lockPatiently(file: string, say: (message: string) => void, signal?: AbortSignal) {
  for (let told = false; ; told = true) {
    const release = tryLock(file);
    if (release) return release;
    if (!told) say('Another program is getting the Temporal server; waiting for it.');
    await sleep(500, undefined, signal && { signal });
  }
}
