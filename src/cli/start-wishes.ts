import type { StartWishes } from '../temporal/client/start.ts';

/** What `--top` and `--template` mean for a video; what is not said is the accepting worker's to say. */
export function startWishes({ top, template }: { readonly top?: number; readonly template?: string }): StartWishes {
  return { ...(top !== undefined && { topN: top }), ...(template !== undefined && { templateName: template }) };
}
