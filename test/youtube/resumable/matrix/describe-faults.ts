import { describe, test } from 'node:test';
import { exists, faults, points, sizes } from './cells.ts';
import { runCell } from './run-cell.ts';
import type { StartServer } from './servers.ts';

/** Every fault at every point for every size. Kills need processes, and have their own test. */
export function describeFaults(startServer: StartServer): void {
  for (const point of points) {
    for (const fault of Object.keys(faults).filter((name) => name !== 'kill')) {
      describe(`${point} × ${fault}`, { concurrency: true }, () => {
        for (const [words, size] of Object.entries(sizes)) {
          if (exists(point, size)) test(words, (t) => runCell(t, startServer, point, fault, size));
        }
      });
    }
  }
}
