import type { Sound } from '../media/encode/audio-track.ts';
import type { MatchPlan } from './match-plan.ts';
import { randomNumbers } from './random.ts';

/** The hum of a hall and the crack of every shot. */
export function soundOf(plan: MatchPlan, seed: number): Sound {
  const random = randomNumbers(seed ^ 0x50);
  const shots = plan.rallies.flatMap((rally) => rally.shots);
  return (time) => {
    const noise = random() * 2 - 1;
    let pressure = noise * 0.006 + Math.sin(time * 2 * Math.PI * 100) * 0.004;
    for (const shot of shots) {
      const since = time - shot.time;
      if (since < 0 || since > 0.2) continue;
      const loud = shot.action === 'smash' ? 0.6 : 0.25;
      pressure += noise * loud * Math.exp(-since * 70) + Math.sin(since * 7000) * loud * 0.5 * Math.exp(-since * 110);
    }
    return pressure;
  };
}
