import { bodyLimit } from 'hono/body-limit';
import { largestBody } from './limits.ts';
import { RequestError } from './problem.ts';

/** @throws RequestError 413 */
export const smallBody = () =>
  bodyLimit({
    maxSize: largestBody,
    onError: () => {
      throw new RequestError(413, `A request may bring ${largestBody / 1024} KiB at most.`);
    },
  });
