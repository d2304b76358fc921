/** How densely a recording is scanned. All values are in seconds. */
export interface ScanPlan {
  /** Minimum time between two frames. */
  spacing: number;
  /**
   * Longest stretch without a frame that is left as it is; longer ones are filled by decoding frames between key
   * frames.
   */
  longestGap: number;
  /** Time between the frames that fill such a stretch. */
  fillSpacing: number;
}

const fewKeyFrames = 20;
const longestGap = 12;
/**
 * Once there are this many frames, they need not be closer together than this: just under 2 s, so that every second key
 * frame is used if they are one second apart.
 */
const enough = { frames: 300, spacing: 1.9 };

/**
 * @param keyFrames number of key frames; counting may stop at `keyFramesCounted`
 * @param maximumFrames most frames that the whole scan may give
 */
export function planScan(durationSeconds: number, keyFrames: number, maximumFrames: number): ScanPlan {
  const spacing = Math.max(durationSeconds / maximumFrames, Math.min(enough.spacing, durationSeconds / enough.frames));
  const fillSpacing = Math.max(spacing, Math.min(1, durationSeconds / fewKeyFrames));
  return {
    spacing,
    fillSpacing,
    longestGap: keyFrames < fewKeyFrames ? fillSpacing * 1.5 : Math.max(longestGap, spacing * 2),
  };
}

/** Key frames counted before a scan: enough to tell few from many. */
export const keyFramesCounted = fewKeyFrames;
