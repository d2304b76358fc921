import { runTask } from '../../src/child/run-task.ts';
import { decoderFailed } from '../../src/media/run-decoder.ts';
import type { FixtureInput, FixtureMessage } from './fixture-task.ts';

// A program with a running decoder, for a test to kill; it prints the decoder's process id.
await runTask<FixtureInput, FixtureMessage, string>(
  new URL('./fixture-task.ts', import.meta.url),
  { kind: 'hang' },
  { failed: decoderFailed, onMessage: ({ pid }) => void process.stdout.write(`${pid}\n`) },
);
