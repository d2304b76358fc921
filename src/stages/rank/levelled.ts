import { medianBackground } from './background.ts';
import type { Miniature } from './miniature.ts';

/** Gains beyond this are not a change in exposure; something else fills the picture. */
const most = 1.6;
/** Luma that neither indicates a gain nor scales with it: nearly black, or clipped. */
const dark = 16;
const clipped = 245;
/** Luma difference within which a cell shows the empty court. */
const same = 22;
/** Step between compared cells; every fourth is enough to tell. */
const stride = 4;

/**
 * Removes from the looks what the camera's automatic exposure did between them: each look that a uniform gain for all
 * its cells brings closer to the usual picture gets that gain. Otherwise the whole of a slightly brighter look would
 * pass for movement.
 */
export function levelled(looks: readonly Miniature[]): Miniature[] {
  const usual = medianBackground(looks);
  return looks.map((look) => {
    const gain = gainOf(look.luma, usual);
    if (gain === 1 || differing(look.luma, usual, gain) >= differing(look.luma, usual, 1)) return look;
    return { ...look, luma: look.luma.map((value) => Math.min(255, Math.round(value * gain))) };
  });
}

/** The median of the factors each cell would need, to a hundredth. */
function gainOf(luma: Uint8Array, usual: Uint8Array): number {
  const hundredths = new Uint32Array(1 + (clipped / dark) * 100);
  let count = 0;
  for (let cell = 0; cell < luma.length; cell += stride) {
    const [value, expected] = [luma[cell] ?? 0, usual[cell] ?? 0];
    if (value <= dark || value >= clipped || expected <= dark || expected >= clipped) continue;
    const ratio = Math.round((100 * expected) / value);
    hundredths[ratio] = (hundredths[ratio] ?? 0) + 1;
    count += 1;
  }
  let [ratio, below] = [0, hundredths[0] ?? 0];
  while (below <= count / 2 && ratio < hundredths.length) below += hundredths[++ratio] ?? 0;
  const gain = count > 0 ? ratio / 100 : 1;
  return gain > most || gain < 1 / most ? 1 : gain;
}

function differing(luma: Uint8Array, usual: Uint8Array, gain: number): number {
  let count = 0;
  for (let cell = 0; cell < luma.length; cell += stride) {
    if (Math.abs((luma[cell] ?? 0) * gain - (usual[cell] ?? 0)) > same) count++;
  }
  return count;
}
