import type { HttpBindings } from '@hono/node-server';
import type { Fault } from './fault.ts';

/** What a handler of the local YouTube finds in Hono's context. */
export interface Environment {
  Bindings: HttpBindings;
  Variables: { fault: Fault | undefined };
}
