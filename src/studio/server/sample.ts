import { StageError } from '../../domain/errors.ts';
import { explainClientError, RefusedError } from '../../temporal/client/errors.ts';
import { RequestError } from './problem.ts';
import type { StudioParts } from './studio-parts.ts';

/** What has become of the sample match since the studio was started. */
export type SampleView =
  | { readonly state: 'none' }
  /** It is not offered: the real YouTube would get it. */
  | { readonly state: 'refused' }
  | { readonly state: 'drawing'; readonly fraction: number }
  | { readonly state: 'started'; readonly videoId: string }
  | { readonly state: 'published'; readonly videoId: string }
  | { readonly state: 'failed'; readonly problem: string };

export interface Sample {
  view(): SampleView;
  /**
   * Draws it and starts its video, or finds the one that there is.
   * @throws RequestError 409 unless videos are rehearsed
   */
  begin(): void;
}

/** @param ending stops the drawing */
export function openSample({ target, firstStart, startVideo }: StudioParts, ending: AbortSignal): Sample {
  let now: SampleView = { state: 'none' };
  const run = async (): Promise<SampleView> => {
    const onProgress = (fraction: number) => {
      now = { state: 'drawing', fraction };
    };
    const { kind, videoId } = await startVideo(await firstStart.drawSample({ onProgress, signal: ending }));
    return { state: kind === 'published' ? 'published' : 'started', videoId };
  };
  return {
    view: () => (target() === 'local' ? now : { state: 'refused' }),
    begin() {
      if (target() !== 'local') {
        throw new RequestError(409, 'Videos go to the real YouTube, and the sample match is only for rehearsals.');
      }
      if (now.state === 'drawing') return;
      now = { state: 'drawing', fraction: 0 };
      void run()
        .catch((error): SampleView => ({ state: 'failed', problem: reasonOf(error) }))
        .then((view) => {
          now = view;
        });
    },
  };
}

function reasonOf(error: unknown): string {
  if (error instanceof StageError) return `${error.message} ${error.action}`;
  const known = explainClientError(error, 'its address');
  return known instanceof RefusedError || known instanceof Error ? known.message : String(known);
}
