import sharp from 'sharp';
import type { Task } from '../child/protocol.ts';
import { inputSize, type Scrutiny } from './input-size.ts';
import { loadPoseModel } from './model.ts';
import { mirrorPerson, type Person, readPeople } from './people.ts';

export interface PoseRequest {
  /** Returned with the answer. */
  id: number;
  /** An encoded picture: JPEG, PNG. */
  picture: Uint8Array;
  attention: Scrutiny;
}

export interface PoseMessage {
  id: number;
  people: Person[];
}

/** Below this the model mistakes shapes in the background for people. */
const leastConfidence = 0.2;

/** Loads the model, then finds the people in each requested picture. */
export const run: Task<null, PoseMessage, void, PoseRequest> = async (_, context) => {
  const findPeople = await loadPoseModel();
  // One picture at a time: more threads would only take memory.
  sharp.concurrency(1);
  for (;;) {
    const request = await context.next();
    if (!request) return;
    const { id, picture, attention } = request;
    const mirrored = attention === 'mirrored';
    const source = sharp(picture);
    const { width, height } = await source.metadata();
    const size = inputSize(width, height, attention);
    const resized = source.resize(size.width, size.height, { fit: 'fill' }).flop(mirrored);
    const data = await resized.removeAlpha().raw().toBuffer();
    const answer = await findPeople({ ...size, data });
    const people = readPeople(answer, { width, height }, leastConfidence);
    await context.send({ id, people: mirrored ? people.map((person) => mirrorPerson(person, width)) : people });
  }
};
