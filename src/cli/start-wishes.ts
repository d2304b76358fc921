import type { StartWishes } from '../temporal/client/start.ts';

/** What `--top` and `--template` request for a video; the accepting worker's settings decide the rest. */
export function startWishes({ top, template }: { readonly top?: number; readonly template?: string }): StartWishes {
  return { ...(top !== undefined && { topN: top }), ...(template !== undefined && { templateName: template }) };
}
