import type { Foreground } from './foreground.ts';
import { standardScores } from './standard-scores.ts';

/** Players of a match: the largest blobs. */
const players = 4;

/**
 * Scores each look without knowing any posture, by the silhouettes of what moves: spread legs and arms make a blob wide
 * for its height and leave much of its box empty; standing and walking people fill narrow boxes. Scores are in standard
 * deviations within the recording.
 */
export function scoreSilhouettes(
  foregrounds: readonly Foreground[],
  shape: { width: number; height: number },
): number[] {
  const wide = foregrounds.map(({ blobs }) =>
    nearFirst(blobs, (blob) => Math.min(2, (blob.width * shape.width) / (blob.height * shape.height))),
  );
  const filled = foregrounds.map(({ blobs }) => nearFirst(blobs, ({ area, width, height }) => area / (width * height)));
  const [wider, fuller] = [standardScores(wide), standardScores(filled)];
  return foregrounds.map(({ blobs }, index) =>
    blobs.length === 0 ? -3 : ((wider[index] ?? 0) - (fuller[index] ?? 0)) / Math.SQRT2,
  );
}

type Blobs = Foreground['blobs'];

/** The mean over the players, the near ones counting more. */
function nearFirst(blobs: Blobs, measure: (blob: Blobs[number]) => number): number {
  const largest = blobs.slice(0, players);
  const weights = largest.reduce((sum, blob) => sum + Math.sqrt(blob.height), 0);
  return weights > 0 ? largest.reduce((sum, blob) => sum + Math.sqrt(blob.height) * measure(blob), 0) / weights : 0;
}
