/** Lets a limited number of works run at once; the others wait for a place, in the order in which they were asked for. */
export function createPlaces(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let taken = 0;
  return async (work) => {
    if (taken < most) taken += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      // The next one gets the place itself.
      const next = waiting.shift();
      if (next) next();
      else taken -= 1;
    }
  };
}
