import { rmSync } from 'node:fs';
import { StageError } from '../../domain/errors.ts';
import { renderThumbnail } from '../render-thumbnail.ts';
import type { RenderJob, RenderReply } from './protocol.ts';
import { writeAtomically } from './write-atomically.ts';

let temporary: string | undefined;

/** SIGKILL, because process.exit would wait for a native call. */
function endAtOnce(): never {
  if (temporary) rmSync(temporary, { force: true });
  process.kill(process.pid, 'SIGKILL');
  throw new Error('unreachable');
}

// Nobody waits for the picture any more.
process.on('disconnect', endAtOnce);
// Ctrl-C reaches the whole process group; the parent decides how long its child is still needed.
process.on('SIGINT', () => {});

function reply(message: RenderReply): void {
  process.send?.(message, undefined, undefined, () => {});
}

process.once('message', async (job: RenderJob) => {
  temporary = job.temporary;
  try {
    const { jpeg, ...summary } = await renderThumbnail(job.request);
    await writeAtomically(job.out, job.temporary, jpeg);
    reply({ type: 'done', summary });
  } catch (error) {
    if (error instanceof StageError) {
      const { code, message, remedy, action } = error;
      reply({ type: 'stage-error', code, message, remedy, action });
    } else {
      const known = error instanceof Error ? error : new Error(String(error));
      reply({ type: 'unexpected', message: known.message, stack: known.stack ?? '' });
    }
  }
});

if (!process.connected) endAtOnce();
