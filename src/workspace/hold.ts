import type { Attempt } from './fence.ts';
import type { Store } from './store.ts';

/** The videos that an attempt has opened; it holds them until it ends. */
export interface Hold {
  /** The same store; the attempt holds every video it opens through it. */
  readonly store: Store;
  /** Records that the attempt is alive. @throws StageError SUPERSEDED if a newer one has taken over */
  refresh(): void;
  /** Releases the videos, so that another attempt may begin at once. */
  release(): void;
}

/** Throws if the attempt may not work on the video; called once for each, before the video is taken. */
export type Admit = (videoId: string) => void | Promise<void>;

export function holdVideos(store: Store, admit: Admit = () => undefined): Hold {
  const held = new Map<string, { videoId: string; as: Attempt }>();
  const admitted = new Set<string>();
  const admitOnce = async (videoId: string) => {
    if (!admitted.has(videoId)) await admit(videoId);
    admitted.add(videoId);
  };
  return {
    store: {
      ...store,
      async open(file, as) {
        const workspace = await store.open(file, as, admitOnce);
        held.set(`${workspace.videoId}/${as.lane}`, { videoId: workspace.videoId, as });
        return workspace;
      },
      async openVideo(videoId, as) {
        const workspace = await store.openVideo(videoId, as, admitOnce);
        held.set(`${videoId}/${as.lane}`, { videoId, as });
        return workspace;
      },
    },
    refresh: () => {
      for (const { videoId, as } of held.values()) store.fence.refresh(videoId, as);
    },
    release: () => {
      for (const { videoId, as } of held.values()) store.fence.release(videoId, as);
    },
  };
}
