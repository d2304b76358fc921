import { signal } from '@preact/signals';
import type { InferResponseType } from 'hono/client';
import { api, ask } from '../api.ts';

export type About = InferResponseType<typeof api.about.$get, 200>;

/** What does not change from video to video; undefined until it has been read. */
export const about = signal<About | undefined>(undefined);

export async function readAbout(): Promise<void> {
  about.value = await ask(api.about.$get());
}
