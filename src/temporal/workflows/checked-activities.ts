import type { ActivityInterfaceFor } from '@temporalio/workflow';
import { problemOfResult, resultSchemas } from '../../domain/activity-results.ts';
import type { Activities } from '../activity-types.ts';

type Scheduled = ActivityInterfaceFor<Activities>;

/** An activity was completed with something other than its result, which anybody with access to the server can do. */
export class OddResult extends Error {
  override readonly name = 'OddResult';
}

/**
 * The same activities, with each result validated before it is used.
 * @param named receives the current name of the host that did the work
 * @throws OddResult
 */
export function checkedActivities(activities: Scheduled, named: (hostName: string) => void = () => {}): Scheduled {
  return new Proxy(activities, {
    get(target, name) {
      const schedule = Reflect.get(target, name);
      if (!isChecked(name) || typeof schedule !== 'function') return schedule;
      return async (...args: unknown[]) => {
        const result: unknown = await schedule(...args);
        const problem = problemOfResult(name, result);
        if (problem !== undefined) throw new OddResult(`${name} was completed with something else (${problem}).`);
        const { hostName } = result as { readonly hostName?: string };
        if (hostName !== undefined) named(hostName);
        return result;
      };
    },
  });
}

const isChecked = (name: string | symbol): name is keyof typeof resultSchemas =>
  typeof name === 'string' && Object.hasOwn(resultSchemas, name);
