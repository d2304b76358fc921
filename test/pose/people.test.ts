import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { inputSize } from '../../src/pose/input-size.ts';
import { mirrorPerson, readPeople } from '../../src/pose/people.ts';

const size = { width: 1000, height: 500 };

/** The model's answer for people with these confidences; every joint of person `n` is at y = 0.1 n, x = 0.2. */
function answer(...confidences: number[]): Float32Array {
  const numbers = new Float32Array(6 * 56);
  for (const [person, confidence] of confidences.entries()) {
    for (let joint = 0; joint < 17; joint++) numbers.set([person / 10, 0.2, joint / 17], person * 56 + joint * 3);
    numbers.set([0.1, 0.2, 0.5, 0.3, confidence], person * 56 + 51);
  }
  return numbers;
}

describe('readPeople', () => {
  it('gives boxes and joints in pixels of the picture', () => {
    const [, person] = readPeople(answer(0.9, 0.8), size, 0.2);
    assert.ok(person);
    const near = (value: number, wanted: number) => assert.ok(Math.abs(value - wanted) < 1e-3, `${value} ≠ ${wanted}`);
    near(person.box.x, 200);
    near(person.box.y, 50);
    near(person.box.width, 100);
    near(person.box.height, 200);
    near(person.joints.rightAnkle.y, 50);
    near(person.joints.rightAnkle.x, 200);
    near(person.joints.rightAnkle.confidence, 16 / 17);
    near(person.joints.nose.confidence, 0);
  });

  it('leaves out people the model doubts', () => {
    assert.equal(readPeople(answer(0.9, 0.1, 0.3), size, 0.2).length, 2);
    assert.deepEqual(readPeople(answer(), size, 0.2), []);
  });
});

describe('mirrorPerson', () => {
  it('puts everything on the other side, and done twice changes nothing', () => {
    const [, person] = readPeople(answer(0.9, 0.8), size, 0.2);
    assert.ok(person);
    const mirrored = mirrorPerson(person, size.width);
    assert.equal(mirrored.box.x, size.width - person.box.x - person.box.width);
    assert.equal(mirrored.joints.leftKnee.x, size.width - person.joints.rightKnee.x);
    assert.equal(mirrored.joints.leftKnee.confidence, person.joints.rightKnee.confidence);
    assert.equal(mirrored.joints.nose.y, person.joints.nose.y);
    assert.deepEqual(mirrorPerson(mirrored, size.width), person);
  });
});

describe('inputSize', () => {
  it('keeps the shape of any picture to within a step, and the work about the same', () => {
    assert.deepEqual(inputSize(1920, 1080, 'close'), { width: 512, height: 288 });
    assert.deepEqual(inputSize(1080, 1920, 'mirrored'), { width: 288, height: 512 });
    const side = fc.integer({ min: 240, max: 4096 });
    fc.assert(
      fc.property(side, side, (width, height) => {
        fc.pre(width / height < 3 && height / width < 3);
        for (const [attention, pixels, off] of [
          ['close', 512 * 288, 0.2],
          ['brief', 320 * 192, 0.3],
        ] as const) {
          const size = inputSize(width, height, attention);
          assert.ok(size.width % 32 === 0 && size.height % 32 === 0);
          assert.ok(Math.abs(Math.log((size.width * size.height) / pixels)) < off);
          assert.ok(Math.abs(Math.log(size.width / size.height / (width / height))) < off);
        }
      }),
    );
  });
});
