import type { HttpBindings } from '@hono/node-server';

/** What a handler of the studio finds in Hono's context. */
export interface StudioEnv {
  Bindings: HttpBindings;
  Variables: {
    /** Id of the paired device that asks; undefined for this machine, and for who is not paired. */
    device?: string;
    /** That device was paired as an administrator. */
    isAdministrator?: boolean;
  };
}
