import type { StartWishes } from '../temporal/client/start.ts';
import type { VideoPriority } from '../temporal/names.ts';

interface Options {
  readonly top?: number;
  readonly template?: string;
  readonly priority?: VideoPriority;
}

/** What the options request for a video; the accepting worker's settings decide the rest. */
export function startWishes({ top, template, priority }: Options): StartWishes {
  return {
    ...(top !== undefined && { topN: top }),
    ...(template !== undefined && { templateName: template }),
    ...(priority !== undefined && { priority }),
  };
}
