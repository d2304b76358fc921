/** How densely a recording is looked at. All values in seconds. */
export interface ScanPlan {
  /** Least time between two frames. */
  spacing: number;
  /** Longest stretch without a frame that is left alone; longer ones are filled by decoding what lies between key frames. */
  longestGap: number;
  /** Time between the frames that fill such a stretch. */
  fillSpacing: number;
}

const fewKeyFrames = 20;
const longestGap = 12;
/** With more frames than this, they need not be closer than so many seconds: just under what two key frames a second apart are. */
const enough = { frames: 300, spacing: 1.9 };

/**
 * @param keyFrames how many key frames there are; counting may stop at `keyFramesCounted`
 * @param maximumFrames bound on the frames of the whole scan
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
