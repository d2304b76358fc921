/** Seconds that may be missing at the end before a recording counts as cut off. */
const missingAllowed = (promisedSeconds: number) => Math.max(2, promisedSeconds * 0.02);

/** Whether a recording has lost its end, given how many seconds it promises and how many can be read. */
export function isCutOff(promisedSeconds: number, readableSeconds: number): boolean {
  return promisedSeconds - readableSeconds > missingAllowed(promisedSeconds);
}
