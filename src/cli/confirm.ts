import { createInterface } from 'node:readline/promises';
import { UsageError } from '../app/usage-error.ts';
import { say } from './output.ts';

/**
 * Shows what is about to be done, and asks whether to.
 * @param lines one for each video
 * @param verb `cancel`: what is about to be done with them
 * @param question in place of the usual one
 * @throws UsageError when the answer is not yes, or nobody is there to answer
 */
export async function confirm(lines: readonly string[], verb: string, question = usual(lines, verb)): Promise<void> {
  for (const line of lines) say(line);
  if (!process.stdin.isTTY || !process.stderr.isTTY) throw new UsageError(`${question} Confirm with --yes.`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${question} [y/N] `);
    if (!/^y(es)?$/i.test(answer.trim())) throw new UsageError('Nothing was changed.');
  } finally {
    terminal.close();
  }
}

function usual(lines: readonly string[], verb: string): string {
  const which = lines.length === 1 ? 'this video' : `these ${lines.length} videos`;
  return `${verb[0]?.toUpperCase()}${verb.slice(1)} ${which}?`;
}
