import { flushCompileCache } from 'node:module';
import sharp from 'sharp';
import type { Failure } from '../../child/protocol.ts';
import { StageError } from '../../domain/errors.ts';
import { createMemory } from '../memory.ts';
import { renderThumbnail } from '../render-thumbnail.ts';
import type { FromRenderer, ToRenderer } from './protocol.ts';

// Node keeps what it has compiled when a process exits; this one is killed.
flushCompileCache();

// A child that nobody listens to must not keep running. SIGKILL, because process.exit would wait for a native call.
const endAtOnce = () => process.kill(process.pid, 'SIGKILL');
process.on('disconnect', endAtOnce);
// Ctrl-C reaches the whole process group; the parent decides how long its child is still needed.
process.on('SIGINT', () => {});

// The memory below decides what is worth keeping.
sharp.cache(false);
const memory = createMemory();
/** The most the memory holds, plus a few pictures. */
const mostPixelBytes = 100 * 1024 ** 2;

function describe(error: unknown): Failure {
  if (error instanceof StageError) {
    const { code, message, remedy, action } = error;
    return { kind: 'stage', code, message, remedy, action };
  }
  const known = error instanceof Error ? error : new Error(String(error));
  return { kind: 'unexpected', message: known.message, stack: known.stack ?? '' };
}

async function answer(request: ToRenderer): Promise<FromRenderer> {
  try {
    return { type: 'done', thumbnail: await renderThumbnail(request, memory) };
  } catch (error) {
    return { type: 'failed', failure: describe(error) };
  }
}

/** Nobody is waiting at this point. */
function collectPixels(): void {
  if (process.memoryUsage().external > mostPixelBytes) globalThis.gc?.();
}

const tell = (message: FromRenderer) => process.send?.(message, undefined, undefined, () => {});

process.on('message', async (request: ToRenderer) => {
  tell({ type: 'begun' });
  tell(await answer(request));
  collectPixels();
});

if (!process.connected) endAtOnce();
