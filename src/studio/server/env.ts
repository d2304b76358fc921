import type { HttpBindings } from '@hono/node-server';

/** What a handler of the studio finds in Hono's context. */
export interface StudioEnv {
  Bindings: HttpBindings;
}
