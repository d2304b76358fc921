import sharp from 'sharp';
import type { Task } from '../child/protocol.ts';
import { inputSize } from './input-size.ts';
import { loadPoseModel } from './model.ts';
import { type Person, readPeople } from './people.ts';

export interface PoseInput {
  /** Encoded pictures: JPEG, PNG. */
  pictures: Uint8Array[];
}

export interface PoseMessage {
  index: number;
  people: Person[];
}

/** Below this the model names shapes in the background as people. */
const leastConfidence = 0.2;

/** Finds the people in each picture, in order; each picture's are sent as soon as they are known. */
export const run: Task<PoseInput, PoseMessage, void> = async ({ pictures }, context) => {
  const findPeople = await loadPoseModel();
  // One picture at a time: more threads would only take memory.
  sharp.concurrency(1);
  for (const [index, picture] of pictures.entries()) {
    const source = sharp(picture);
    const { width, height } = await source.metadata();
    const size = inputSize(width, height);
    const data = await source.resize(size.width, size.height, { fit: 'fill' }).removeAlpha().raw().toBuffer();
    const answer = await findPeople({ ...size, data });
    await context.send({ index, people: readPeople(answer, { width, height }, leastConfidence) });
  }
};
