/** A point of the body, in pixels of the given picture. */
export interface Joint {
  readonly x: number;
  readonly y: number;
  /** 0 to 1. */
  readonly confidence: number;
}

export const jointNames = [
  'nose',
  'leftEye',
  'rightEye',
  'leftEar',
  'rightEar',
  'leftShoulder',
  'rightShoulder',
  'leftElbow',
  'rightElbow',
  'leftWrist',
  'rightWrist',
  'leftHip',
  'rightHip',
  'leftKnee',
  'rightKnee',
  'leftAnkle',
  'rightAnkle',
] as const;

export type JointName = (typeof jointNames)[number];

/** A rectangle in pixels of the given picture. */
export interface PersonBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Person {
  readonly box: PersonBox;
  /** 0 to 1. */
  readonly confidence: number;
  readonly joints: Readonly<Record<JointName, Joint>>;
}

const peoplePerPicture = 6;
/** Three numbers a joint, then the box and the confidence. */
const numbersPerPerson = jointNames.length * 3 + 5;

/**
 * Reads the answer of MoveNet MultiPose: 1 × 6 × 56 numbers; each person is 17 × (y, x, confidence), then the box as
 * y and x of its top left, y and x of its bottom right, then the confidence; all positions are fractions of the picture
 * (model card of movenet/multipose/lightning, "Outputs").
 */
export function readPeople(
  answer: ArrayLike<number>,
  size: { width: number; height: number },
  leastConfidence: number,
): Person[] {
  const people: Person[] = [];
  for (let index = 0; index < peoplePerPicture; index++) {
    const at = (offset: number) => answer[index * numbersPerPerson + offset] ?? 0;
    const boxAt = jointNames.length * 3;
    const confidence = at(boxAt + 4);
    if (confidence < leastConfidence) continue;
    const joints = jointNames.map((name, joint) => [
      name,
      { y: at(joint * 3) * size.height, x: at(joint * 3 + 1) * size.width, confidence: at(joint * 3 + 2) },
    ]);
    people.push({
      box: {
        x: at(boxAt + 1) * size.width,
        y: at(boxAt) * size.height,
        width: (at(boxAt + 3) - at(boxAt + 1)) * size.width,
        height: (at(boxAt + 2) - at(boxAt)) * size.height,
      },
      confidence,
      joints: Object.fromEntries(joints) as Record<JointName, Joint>,
    });
  }
  return people;
}

/** The same person in the mirror image of a picture `width` pixels wide: left and right joints are swapped too. */
export function mirrorPerson({ box, confidence, joints }: Person, width: number): Person {
  const mirrored = jointNames.map((name) => {
    const { x, y, confidence } = joints[otherSide(name)];
    return [name, { x: width - x, y, confidence }];
  });
  return {
    box: { ...box, x: width - box.x - box.width },
    confidence,
    joints: Object.fromEntries(mirrored) as Record<JointName, Joint>,
  };
}

function otherSide(name: JointName): JointName {
  const other = name.startsWith('left') ? name.replace('left', 'right') : name.replace('right', 'left');
  return other as JointName;
}
