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

export function holdVideos(store: Store, attempt: Attempt): Hold {
  const held = new Set<string>();
  return {
    store: {
      ...store,
      async open(file, as) {
        const workspace = await store.open(file, as);
        held.add(workspace.videoId);
        return workspace;
      },
    },
    refresh: () => {
      for (const videoId of held) store.fence.refresh(videoId, attempt);
    },
    release: () => {
      for (const videoId of held) store.fence.release(videoId, attempt);
    },
  };
}
