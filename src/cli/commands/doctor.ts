import { mkdirSync } from 'node:fs';
import type { Client } from '@temporalio/client';
import { cacheFolder } from '../../app/cache-folder.ts';
import type { Config, Environment } from '../../app/config.ts';
import { rootOf } from '../../app/publish-target/addresses.ts';
import { createPublishTarget } from '../../app/publish-target/create.ts';
import { serviceProblem, serviceStanding } from '../../app/service/standing.ts';
import { temporalTarget } from '../../app/temporal-target.ts';
import { UsageError } from '../../app/usage-error.ts';
import { describeStanding } from '../../app/version-trouble.ts';
import { StageError } from '../../domain/errors.ts';
import { ServiceError } from '../../service/manager.ts';
import { freeBytes } from '../../stages/prepare/free-space.ts';
import { unreadableVideos } from '../../temporal/client/unreadable-videos.ts';
import { connect, type TemporalTarget } from '../../temporal/connect.ts';
import { isEncoding } from '../../temporal/payloads/data-converter.ts';
import { missingSearchAttributes } from '../../temporal/search-attributes.ts';
import { findExisting, problemOf } from '../../temporal/server/binary.ts';
import { findGo, oldestGo } from '../../temporal/server/go.ts';
import { decide } from '../../temporal/versions/decide.ts';
import { currentVersion } from '../../temporal/versions/keep-current.ts';
import { describeVersion, ownVersion } from '../../temporal/versions/program-version.ts';
import { migrations } from '../../workspace/migrations.ts';
import { openStore } from '../../workspace/store.ts';
import { failureOf } from '../failure.ts';
import { checkMachines } from '../other-machines.ts';
import { print } from '../output.ts';
import { describeQuota, quotaToday } from '../quota.ts';
import { describeService } from '../service-words.ts';
import { readSettings } from '../session.ts';

interface Finding {
  readonly name: string;
  readonly state: 'ok' | 'note' | 'wrong';
  readonly detail: string;
  readonly action?: string;
}

const roomyBytes = 5e9;

/** Checks everything the program needs; exit code 1 if something is wrong. */
export async function doctor({ json }: { json?: true }): Promise<void> {
  const { config, environment } = readSettings();
  const kept = database(config);
  const findings = [
    nodeVersion(),
    ...(await folders(config)),
    kept,
    await decoder(),
    await serverBinary(config, environment),
    ...(await temporal(config, environment)),
    await service(),
    await publishing(config),
    ...(kept.state === 'ok' ? [quota(config)] : []),
  ];
  const wrong = findings.filter(({ state }) => state === 'wrong');
  print(json, { ok: wrong.length === 0, findings }, () => {
    const lines = findings.map(
      ({ state, name, detail, action }) =>
        `${{ ok: 'ok   ', note: 'note ', wrong: 'WRONG' }[state]}  ${name.padEnd(18)} ${detail}${action ? `\n       → ${action}` : ''}`,
    );
    return `${lines.join('\n')}\n${wrong.length === 0 ? 'Nothing is wrong.' : `${wrong.length} to fix.`}`;
  });
  if (wrong.length > 0) process.exitCode = 1;
}

function nodeVersion(): Finding {
  return { name: 'Node', state: 'ok', detail: process.version };
}

async function folders(config: Config): Promise<Finding[]> {
  const named = [
    ['Data folder', config.DATA_DIR],
    ['Input folder', config.INPUT_DIR],
    ['Completed folder', config.COMPLETED_DIR],
  ] as const;
  return Promise.all(
    named.map(async ([name, folder]): Promise<Finding> => {
      try {
        mkdirSync(folder, { recursive: true });
        const free = await freeBytes(folder);
        const detail = `${folder}, ${(free / 1e9).toFixed(1)} GB free`;
        if (free >= roomyBytes) return { name, state: 'ok', detail };
        return { name, state: 'note', detail, action: 'Recordings are large: free some space soon.' };
      } catch (error) {
        return wrong(name, error, `Make ${folder} a writable folder.`);
      }
    }),
  );
}

function database(config: Config): Finding {
  const name = 'Database';
  try {
    openStore(config.DATA_DIR).close();
    return { name, state: 'ok', detail: `version ${migrations.length}` };
  } catch (error) {
    if (error instanceof StageError) return { name, state: 'wrong', detail: error.message, action: error.action };
    return wrong(name, error, `Make ${config.DATA_DIR} a writable folder.`);
  }
}

async function decoder(): Promise<Finding> {
  const name = 'Video decoder';
  try {
    const { decoderVersion } = await import('../../media/index.ts');
    return { name, state: 'ok', detail: `FFmpeg ${await decoderVersion()}` };
  } catch (error) {
    return wrong(name, error, 'Run npm ci again.');
  }
}

async function serverBinary(config: Config, environment: Environment): Promise<Finding> {
  const name = 'Temporal server';
  const searchPath = environment.PATH ?? '';
  const problem = config.TEMPORAL_CLI && (await problemOf(config.TEMPORAL_CLI));
  if (problem) {
    const action =
      'Set BADMINTON_TEMPORAL_CLI to another one, or leave it out: then one is found, downloaded or built.';
    return { name, state: 'wrong', detail: `${config.TEMPORAL_CLI} ${problem}`, action };
  }
  const tooOld: string[] = [];
  const rejected = (file: string, why: string) => void tooOld.push(`${file} is not used: it ${why}`);
  const binary = config.TEMPORAL_CLI ?? (await findExisting(searchPath, cacheFolder(environment), rejected));
  const detailed = (detail: string) => [detail, ...tooOld].join('; ');
  if (binary) return { name, state: 'ok', detail: detailed(binary) };
  const go = await findGo(searchPath);
  if (go?.canBuild) {
    const detail = `not here yet: npm start downloads it, or builds it with Go ${go.version}, once`;
    return { name, state: 'note', detail: detailed(detail) };
  }
  return {
    name,
    state: 'note',
    detail: detailed(
      `not here yet: npm start downloads it, once; ${go ? `Go ${go.version} is too old to build it` : 'there is no Go to build it'}`,
    ),
    action: `Without internet, install Go ${oldestGo} or later, or the Temporal CLI: https://docs.temporal.io/cli`,
  };
}

async function temporal(config: Config, environment: Environment): Promise<Finding[]> {
  const name = 'Temporal';
  let target: TemporalTarget | undefined;
  try {
    target = await temporalTarget(config, environment);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return [{ name: 'Payloads', state: 'wrong', detail: error.message }];
  }
  if (!target) return [{ name, state: 'note', detail: 'no server is running', action: 'Start it with: npm start' }];
  const where = `${target.connection.address}, namespace ${target.namespace}`;
  try {
    const client = await connect(target);
    try {
      const missing = await client.withDeadline(Date.now() + 5000, () => missingSearchAttributes(client));
      const attributes: Finding =
        missing.length === 0
          ? { name: 'Search attributes', state: 'ok', detail: 'registered' }
          : {
              name: 'Search attributes',
              state: 'wrong',
              detail: `missing: ${missing.join(', ')}`,
              action: 'A worker registers them where it is allowed to: npx badminton worker',
            };
      return [
        { name, state: 'ok', detail: where },
        attributes,
        await payloads(client, config),
        await program(client, config),
        ...(await machines(client, config)),
      ];
    } finally {
      await client.connection.close();
    }
  } catch (error) {
    return [wrong(name, error, `Check that ${where} is right, and that the server is running.`)];
  }
}

/** Whether this machine can read what is on the server. */
async function payloads(client: Client, { TASK_QUEUE }: Config): Promise<Finding> {
  const name = 'Payloads';
  const [first, ...others] = await client.withDeadline(Date.now() + 5000, () => unreadableVideos(client, TASK_QUEUE));
  if (first?.unreadable) {
    const detail = `${others.length + 1} running videos cannot be read`;
    return { name, state: 'wrong', detail, action: first.unreadable };
  }
  return { name, state: 'ok', detail: isEncoding(client) ? 'encoded' : 'not encoded' };
}

/** Whether the studio of this machine can show the videos of the others: each has to be asked from the other side, too. */
async function machines(client: Client, config: Config): Promise<Finding[]> {
  return (await checkMachines(client, config)).map(({ name, isOwn, problem, action }): Finding => {
    const whose = isOwn ? 'Own studio' : 'Other studio';
    if (problem !== undefined) return { name: whose, state: 'note', detail: problem, ...(action && { action }) };
    const detail = isOwn
      ? 'answers here; run doctor on the other machines to see whether they reach it'
      : `${name} answers`;
    return { name: whose, state: 'ok', detail };
  });
}

/** Whether this machine's program may run the videos. */
async function program(client: Client, { TASK_QUEUE }: Config): Promise<Finding> {
  const name = 'Program';
  const own = ownVersion();
  const standing = decide(own, await currentVersion(client, TASK_QUEUE), false);
  const problem = standing === 'take over' ? undefined : describeStanding(standing, own, TASK_QUEUE);
  if (problem !== undefined) return { name, state: 'wrong', detail: problem };
  return { name, state: 'ok', detail: describeVersion(own) };
}

/** Whether this program runs as a service, which program that is, and since when. */
async function service(): Promise<Finding> {
  const name = 'Service';
  try {
    const standing = await serviceStanding();
    const problem = serviceProblem(standing);
    const detail = describeService(standing);
    if (!problem) return { name, state: 'ok', detail };
    const state = standing.state?.activity === 'failed' ? 'wrong' : 'note';
    return { name, state, detail: `${detail}; ${problem.detail}`, action: problem.action };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const [detail = '', action] = error.message.split('\n');
    return { name, state: 'note', detail, ...(action && { action }) };
  }
}

async function publishing(config: Config): Promise<Finding> {
  const name = 'Publishing';
  const rehearsal = config.PUBLISH_TARGET === 'local';
  const detail = rehearsal ? `REHEARSAL on the local YouTube, ${rootOf(config, 'local')}` : 'the real YouTube';
  try {
    const channel = await createPublishTarget(() => config).getChannel({ signal: AbortSignal.timeout(10_000) });
    return { name, state: 'ok', detail: `${detail}, channel "${channel.title}"` };
  } catch (error) {
    if (rehearsal) return { name, state: 'ok', detail: `${detail} (it runs together with npm start)` };
    return wrong(name, error, 'See docs/youtube.md.');
  }
}

function quota(config: Config): Finding {
  const name = 'Quota today';
  try {
    const state = quotaToday(config);
    return { name, state: state.waiting > 0 || state.refusedUntil ? 'note' : 'ok', detail: describeQuota(state) };
  } catch (error) {
    return wrong(name, error, `Make ${config.DATA_DIR} a writable folder.`);
  }
}

function wrong(name: string, error: unknown, action: string): Finding {
  return { name, state: 'wrong', detail: failureOf(error).message.replaceAll('\n', ' '), action };
}
