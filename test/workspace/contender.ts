import { appendFileSync } from 'node:fs';
import { openStore } from '../../src/workspace/store.ts';

// From an agreed moment on, claims one video again and again, and writes in two halves while holding it.
const [folder = '', log = '', token = '', at] = process.argv.slice(2);
const store = openStore(folder);
while (Date.now() < Number(at));
const video = 'video-0123456789abcdef';
for (let turn = 0; turn < 60; turn++) {
  const attempt = { line: `${token}-${turn}`, place: [1, 1] as const };
  try {
    store.fence.take(video, attempt);
    store.fence.guard(video, attempt, () => {
      appendFileSync(log, `${token} begin\n`);
      for (const until = performance.now() + 2; performance.now() < until; );
      appendFileSync(log, `${token} end\n`);
    });
  } catch (error) {
    if ((error as { code?: string }).code !== 'SUPERSEDED') throw error;
  }
}
store.close();
