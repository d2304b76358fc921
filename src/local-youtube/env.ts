import type { HttpBindings } from '@hono/node-server';
import type { ApiCall } from './api-call.ts';
import type { Fault } from './fault.ts';

/** What a handler of the local YouTube finds in Hono's context. */
export interface LocalYouTubeEnv {
  Bindings: HttpBindings;
  Variables: { number: number; call: ApiCall | undefined; fault: Fault | undefined };
}
