/** Seconds that the pose model takes on two cores, whatever the length of the recording. */
const poseSeconds = 7;

/**
 * How much of the ranking is done while the recording is looked through, 0 to 1: the time so far as a part of what
 * this pass and the pose model will take together, going by this pass's pace. It never falls.
 */
export function scanProgress(withoutPose: boolean): (fraction: number) => number {
  const began = performance.now();
  const afterwards = withoutPose ? 0 : poseSeconds;
  return (fraction) => {
    const elapsed = (performance.now() - began) / 1000;
    return elapsed > 0 ? (fraction * elapsed) / (elapsed + afterwards * fraction) : 0;
  };
}
