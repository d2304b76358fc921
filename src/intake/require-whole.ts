import { probeToTheEnd } from '../media/index.ts';

/** Milliseconds; a disk that is busy copying may be slow. */
const patience = 60_000;

/** @throws StageError saying why a file is not a complete video. Probes it and decodes it near its end. */
export async function requireWhole(file: string): Promise<void> {
  await probeToTheEnd(file, { signal: AbortSignal.timeout(patience) });
}
