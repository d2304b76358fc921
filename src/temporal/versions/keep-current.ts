import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { RefusedError } from '../client/errors.ts';
import { pollersOf } from '../pollers.ts';
import { type CurrentVersion, decide, type Standing } from './decide.ts';
import { describeDeployment, setCurrentVersion } from './deployment.ts';
import { buildIdOf, type ProgramVersion } from './program-version.ts';

export interface KeepOptions {
  /** The workflows' queue. */
  readonly taskQueue: string;
  readonly version: ProgramVersion;
  /** Milliseconds between two looks. */
  readonly lookEvery?: number;
  /**
   * Milliseconds without a sign of life after which a worker counts as off. Idle workers ask for work once a minute
   * (`matching.longPollExpirationInterval`).
   */
  readonly offAfter?: number;
}

export interface VersionKeeper {
  /** As of the last look. */
  standing(): Standing;
  stop(): Promise<void>;
}

/** Another machine may decide at the same time. */
const mostTries = 10;
/** Of the first look: a server that has just started may not keep versions yet. */
const mostFailures = 4;
/** Milliseconds. */
const answerWithin = 15_000;

/**
 * Makes this program's version the one that runs the videos, at once and whenever it should be by the rules of
 * `decide`, and never takes them back from a newer one.
 * @throws RefusedError if the server keeps no versions
 */
export async function keepCurrent(client: Client, options: KeepOptions): Promise<VersionKeeper> {
  const { lookEvery = 20_000 } = options;
  const life = signsOfLife(options.offAfter ?? 75_000);
  const stopping = new AbortController();
  const look = (isStart: boolean) =>
    client.withAbortSignal(stopping.signal, () =>
      client.withDeadline(Date.now() + answerWithin, () => settle(client, options, life, isStart)),
    );
  let standing = await patiently(() => look(true));
  const watching = (async () => {
    while (await pause(lookEvery, stopping.signal)) {
      // A server that is away is asked again; meanwhile nothing is known to have changed.
      standing = await look(false).catch(() => standing);
    }
  })();
  return {
    standing: () => standing,
    async stop() {
      stopping.abort();
      await watching;
    },
  };
}

async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof RefusedError || failures === mostFailures) throw error;
      await sleep(500 * failures);
    }
  }
}

/** Which version runs the videos. Its machines may have been switched off within the last minutes. */
export async function currentVersion(client: Client, taskQueue: string): Promise<CurrentVersion> {
  const { currentBuildId: buildId } = await describeDeployment(client, taskQueue);
  if (buildId === undefined) return { buildId, isRunning: false };
  return { buildId, isRunning: await signsOfLife(Number.POSITIVE_INFINITY).of(client, taskQueue, buildId) };
}

async function settle(
  client: Client,
  { taskQueue, version }: KeepOptions,
  life: SignsOfLife,
  isStart: boolean,
): Promise<Standing> {
  for (let tries = 1; ; tries += 1) {
    const { currentBuildId, token } = await describeDeployment(client, taskQueue);
    // The first worker that ever asks for work creates it. Without its token, two machines could overwrite each other.
    if (token === undefined && tries < mostTries) {
      await sleep(100);
      continue;
    }
    const isRunning = currentBuildId !== undefined && (await life.of(client, taskQueue, currentBuildId));
    const current: CurrentVersion = { buildId: currentBuildId, isRunning };
    const decision = decide(version, current, isStart);
    if (decision !== 'take over') return decision;
    if (await setCurrentVersion(client, taskQueue, buildIdOf(version), token)) return { kind: 'runs' };
    if (tries === mostTries) throw new Error('The version that runs the videos could not be set: it kept changing.');
    await sleep(100 * tries);
  }
}

interface SignsOfLife {
  /** Whether a worker of the version is running, as far as is known. */
  of(client: Client, taskQueue: string, buildId: string): Promise<boolean>;
}

/** By our own clock: those of machines and server differ. */
function signsOfLife(offAfter: number): SignsOfLife {
  let last = { sign: '', at: 0 };
  return {
    async of(client, taskQueue, buildId) {
      const pollers = await pollersOf(client, taskQueue, 'workflows');
      const signs = pollers
        .filter(({ deploymentOptions }) => deploymentOptions?.buildId === buildId)
        .map(({ lastAccessTime }) => `${lastAccessTime?.seconds}.${lastAccessTime?.nanos}`);
      if (signs.length === 0) return false;
      const sign = [buildId, ...signs.sort()].join();
      if (sign !== last.sign) last = { sign, at: performance.now() };
      return performance.now() - last.at < offAfter;
    },
  };
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(milliseconds, undefined, { signal, ref: false });
    return true;
  } catch {
    return false;
  }
}
