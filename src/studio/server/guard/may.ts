import type { Context } from 'hono';
import type { StudioEnv } from '../env.ts';
import { RequestError } from '../problem.ts';
import { isThisMachine } from './this-machine.ts';

/** Who may change settings, sign in and unpair others: who sits at this machine, and devices paired as administrators. */
export const isAdministrator = (c: Context<StudioEnv>) => isThisMachine(c) || c.var.isAdministrator === true;

/** @throws RequestError 403 */
export function requireAdministrator(c: Context<StudioEnv>, what: string): void {
  if (isAdministrator(c)) return;
  throw new RequestError(
    403,
    `${what} only on the machine that runs the studio, and on devices that were paired as administrators.`,
  );
}
