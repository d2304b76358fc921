import { probeToTheEnd } from '../media/index.ts';

/** Milliseconds; a disk that is busy with copying may be slow. */
const patience = 60_000;

/** @throws StageError saying why a file is no whole video: it is described, and decoded near its end. */
export async function requireWhole(file: string): Promise<void> {
  await probeToTheEnd(file, { signal: AbortSignal.timeout(patience) });
}
