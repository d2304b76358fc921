import type { Person } from '../../../src/pose/index.ts';

/** How a drawn person stands; lengths in torso lengths, angles in radians. */
export interface Stand {
  readonly height?: number;
  readonly stance?: number;
  readonly lean?: number;
  readonly bend?: number;
  /** Height of the right wrist above the shoulders. */
  readonly reach?: number;
}

/** Somebody seen from the front, upright with the arms down unless stated otherwise; 100 pixels tall by default. */
export function person({ height = 100, stance = 0.5, lean = 0, bend = 0, reach = -0.9 }: Stand = {}): Person {
  const torso = height * 0.3;
  const at = (x: number, y: number) => ({ x, y, confidence: 0.8 });
  const hips = { x: 200, y: 200 };
  const shoulders = { x: hips.x + Math.sin(lean) * torso, y: hips.y - Math.cos(lean) * torso };
  const leg = (side: 1 | -1) => {
    const [hip, ankle] = [at(hips.x, hips.y), at(hips.x + (side * stance * torso) / 2, hips.y + torso * 1.2)];
    const half = Math.hypot(ankle.x - hip.x, ankle.y - hip.y) / 2;
    // The knee is off the line from hip to ankle so that it bends by this angle.
    const off = half * Math.tan(bend / 2);
    const [dx, dy] = [(ankle.x - hip.x) / (2 * half), (ankle.y - hip.y) / (2 * half)];
    return { hip, ankle, knee: at((hip.x + ankle.x) / 2 + off * dy, (hip.y + ankle.y) / 2 - off * dx) };
  };
  const [left, right] = [leg(1), leg(-1)];
  const arm = at(shoulders.x, shoulders.y + torso * 0.9);
  return {
    box: { x: 150, y: 150, width: height * 0.4, height },
    confidence: 0.7,
    joints: {
      nose: at(shoulders.x, shoulders.y - torso * 0.4),
      leftEye: at(shoulders.x, shoulders.y - torso * 0.4),
      rightEye: at(shoulders.x, shoulders.y - torso * 0.4),
      leftEar: at(shoulders.x, shoulders.y - torso * 0.4),
      rightEar: at(shoulders.x, shoulders.y - torso * 0.4),
      leftShoulder: at(shoulders.x + torso * 0.3, shoulders.y),
      rightShoulder: at(shoulders.x - torso * 0.3, shoulders.y),
      leftElbow: arm,
      rightElbow: arm,
      leftWrist: arm,
      rightWrist: at(shoulders.x, shoulders.y - reach * torso),
      leftHip: left.hip,
      rightHip: right.hip,
      leftKnee: left.knee,
      rightKnee: right.knee,
      leftAnkle: left.ankle,
      rightAnkle: right.ankle,
    },
  };
}
