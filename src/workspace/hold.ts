import type { Attempt } from './fence.ts';
import type { Store } from './store.ts';

/** The videos that an attempt has opened, kept alive until it ends. */
export interface Hold {
  /** The same store; what is opened through it is held. */
  readonly store: Store;
  /** Says that the attempt lives. @throws StageError SUPERSEDED when a newer one has taken over */
  refresh(): void;
  /** Lets go, so that somebody else may begin at once. */
  release(): void;
}

/** Throws when the attempt may not work at the video; asked once for each, before it is taken from anybody. */
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
    },
    refresh: () => {
      for (const { videoId, as } of held.values()) store.fence.refresh(videoId, as);
    },
    release: () => {
      for (const { videoId, as } of held.values()) store.fence.release(videoId, as);
    },
  };
}
