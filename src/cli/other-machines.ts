import type { Client } from '@temporalio/client';
import type { Config } from '../app/config.ts';
import { thisHost } from '../app/host.ts';
import { openOtherStudios } from '../studio/server/machines/other-studios.ts';
import { listHosts } from '../temporal/client/hosts.ts';

/** A machine of the club, and why the studio of this one cannot show its videos. */
export interface MachineCheck {
  readonly name: string;
  readonly isOwn: boolean;
  /** Absent if it can. */
  readonly problem?: string;
  readonly action?: string;
}

/** Asks each machine that has asked Temporal for work lately. None without a key. */
export async function checkMachines(client: Client, config: Config): Promise<MachineCheck[]> {
  const { MACHINES_KEY: key, TASK_QUEUE: taskQueue, DATA_DIR } = config;
  if (!key) return [];
  const own = thisHost(DATA_DIR).id;
  const studios = openOtherStudios({ client, taskQueue, key, own });
  try {
    const hosts = (await listHosts(client, taskQueue)).flatMap(({ id, name, state }) =>
      id && state !== 'away' ? [{ id, name }] : [],
    );
    return await Promise.all(
      hosts.map(async ({ id, name }) => {
        const silence = await studios.check({ id, name });
        const problem = silence && { problem: `${name}, ${silence.clause}`, action: silence.action };
        return { name, isOwn: id === own, ...problem };
      }),
    );
  } finally {
    studios.close();
  }
}
