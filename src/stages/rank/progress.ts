/** Seconds two processes take to load the model, and then for each close look, on two cores. */
const pose = { loading: 1.5, look: 0.12 };

/**
 * How much of the ranking is done while the recording is being scanned, 0 to 1: the time so far as a fraction of what
 * this pass and the pose model will take together, judging by this pass's pace. It never decreases.
 * @param workAfter the pose model's work on the given number of looks, in close looks
 */
export function scanProgress(workAfter: (looks: number) => number): (fraction: number, looks: number) => number {
  const began = performance.now();
  let reached = 0;
  return (fraction, looks) => {
    const elapsed = (performance.now() - began) / 1000;
    const work = fraction > 0 ? workAfter(Math.round(looks / fraction)) : 0;
    const afterwards = work > 0 ? pose.loading + pose.look * work : 0;
    if (elapsed > 0) reached = Math.max(reached, (fraction * elapsed) / (elapsed + afterwards * fraction));
    return reached;
  };
}

/** Tells whether at most this many seconds of this pass are left, judging by its pace so far. */
export function withinLast(seconds: number): (fraction: number) => boolean {
  const began = performance.now();
  return (fraction) => fraction > 0 && (((performance.now() - began) / 1000) * (1 - fraction)) / fraction <= seconds;
}
