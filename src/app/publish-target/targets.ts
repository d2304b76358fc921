import type { PublishTarget } from '../../workspace/ledger.ts';
import type { YouTube } from '../../youtube/youtube.ts';
import type { Config } from '../config.ts';
import { rootOf } from './addresses.ts';
import { createPublishTarget, currentLimit } from './create.ts';
import { type Rehearsal, serveRehearsal } from './rehearsal.ts';

/** Both YouTubes: a video stays with the one where its publishing began, whatever is set meanwhile. */
export interface PublishTargets {
  /**
   * The local one is served from the first call on.
   * @throws StageError PORT_IN_USE
   */
  of(target: PublishTarget): Promise<YouTube>;
  /** Address of the local YouTube, once it is served or used. */
  readonly rehearsalUrl: string | undefined;
  close(): Promise<void>;
}

/** @param now the configuration as it is at that moment */
export function openPublishTargets(now: () => Config): PublishTargets {
  // One for both: it is the line that is limited.
  const limit = currentLimit(now);
  let real: YouTube | undefined;
  let opening: Promise<{ youtube: YouTube; url: string; served: Rehearsal | undefined }> | undefined;
  let rehearsalUrl: string | undefined;
  const openLocal = async () => {
    const served = await serveRehearsal(now());
    const url = served?.url ?? rootOf(now(), 'local');
    rehearsalUrl = url;
    return { youtube: createPublishTarget(now, 'local', url, limit), url, served };
  };
  return {
    async of(target) {
      if (target === 'youtube') {
        real ??= createPublishTarget(now, 'youtube', undefined, limit);
        return real;
      }
      opening ??= openLocal();
      try {
        return (await opening).youtube;
      } catch (error) {
        // The port may be free the next time.
        opening = undefined;
        throw error;
      }
    },
    get rehearsalUrl() {
      return rehearsalUrl;
    },
    async close() {
      const opened = await opening?.catch(() => undefined);
      await opened?.served?.close();
    },
  };
}
