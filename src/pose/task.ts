import sharp from 'sharp';
import type { Task } from '../child/protocol.ts';
import { inputSize } from './input-size.ts';
import { loadPoseModel } from './model.ts';
import { mirrorPerson, type Person, readPeople } from './people.ts';

export interface PoseInput {
  /** Encoded pictures: JPEG, PNG. */
  pictures: Uint8Array[];
  /** Shows the model the mirror images: a second opinion on the same people. */
  mirrored: boolean;
}

export interface PoseMessage {
  index: number;
  people: Person[];
}

/** Below this the model names shapes in the background as people. */
const leastConfidence = 0.2;

/** Finds the people in each picture, in order; each picture's are sent as soon as they are known. */
export const run: Task<PoseInput, PoseMessage, void> = async ({ pictures, mirrored }, context) => {
  const findPeople = await loadPoseModel();
  // One picture at a time: more threads would only take memory.
  sharp.concurrency(1);
  for (const [index, picture] of pictures.entries()) {
    const source = sharp(picture);
    const { width, height } = await source.metadata();
    const size = inputSize(width, height);
    const resized = source.resize(size.width, size.height, { fit: 'fill' }).flop(mirrored);
    const data = await resized.removeAlpha().raw().toBuffer();
    const answer = await findPeople({ ...size, data });
    const people = readPeople(answer, { width, height }, leastConfidence);
    await context.send({ index, people: mirrored ? people.map((person) => mirrorPerson(person, width)) : people });
  }
};
