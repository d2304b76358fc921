import type { Trouble } from '../temporal/client/errors.ts';
import { deploymentName } from '../temporal/names.ts';
import type { Standing } from '../temporal/versions/decide.ts';
import { describeVersion, type ProgramVersion } from '../temporal/versions/program-version.ts';

/** What to tell people while this machine's program may not run the videos. */
export function versionTrouble(standing: Standing, own: ProgramVersion, taskQueue: string): Trouble | undefined {
  const problem = describeStanding(standing, own, taskQueue);
  if (problem === undefined) return undefined;
  return {
    isAway: false,
    reason: 'its version',
    told: { begin: problem, end: 'The version of the program on this machine is no obstacle any more.' },
  };
}

/** A sentence or two; undefined if nothing is wrong. */
export function describeStanding(standing: Standing, own: ProgramVersion, taskQueue: string): string | undefined {
  if (standing.kind === 'foreign') {
    return (
      `Videos of this machine may wait: on the server, the version that runs videos was set to "${standing.buildId}", which ` +
      'is none of this program. To have the program decide again: temporal worker deployment set-current-version ' +
      `--deployment-name ${deploymentName(taskQueue)} --unversioned`
    );
  }
  if (standing.kind !== 'older') return undefined;
  const { than, isRunning } = standing;
  const versions = `The program on this machine, ${describeVersion(own)}, is older than the one that runs the videos, ${describeVersion(than)}`;
  return isRunning
    ? `${versions}. It only does the work on its own recordings. Update it soon.`
    : `${versions}, and no machine with that one is running: videos wait. Update this program, or start such a machine.`;
}
