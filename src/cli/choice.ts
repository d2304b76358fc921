import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { UsageError } from '../app/usage-error.ts';
import type { Candidate, Choice } from '../domain/selection.ts';
import { table } from './output.ts';

/** The ways to choose on the command line; at most one of them. */
export interface ChoiceOptions {
  readonly frame?: string;
  readonly at?: number;
  readonly best?: true;
}

/** @throws UsageError if several ways are given at once */
export function choiceOf({ frame, at, best }: ChoiceOptions, candidates: readonly Candidate[]): Choice | undefined {
  if ([frame, at, best].filter((value) => value !== undefined).length > 1) {
    throw new UsageError('Choose in one way: --frame, --at or --best.');
  }
  if (best) return { best: true };
  if (at !== undefined) return { atSeconds: at };
  return frame === undefined ? undefined : { frame: frameOf(frame, candidates) };
}

function frameOf(text: string, candidates: readonly Candidate[]): string {
  return candidates.find(({ rank }) => String(rank) === text)?.frame ?? path.basename(text);
}

export function candidateTable(candidates: readonly (Candidate & { readonly file?: string })[]): string {
  const rows = candidates.map(({ rank, time, score, why, frame, file }) => [
    String(rank),
    `${time.toFixed(2)} s`,
    score.toFixed(2),
    why,
    file ?? frame,
  ]);
  return table(['', 'AT', 'SCORE', 'WHY', 'PICTURE'], rows);
}

/** Asks on the terminal until the answer is a candidate; an empty answer takes the best. */
export async function askForChoice(candidates: readonly Candidate[]): Promise<Choice> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    for (;;) {
      const answer = (await terminal.question(`Which one? 1-${candidates.length}, Enter for the best: `)).trim();
      if (answer === '') return { best: true };
      const candidate = candidates.find(({ rank }) => String(rank) === answer);
      if (candidate) return { frame: candidate.frame };
    }
  } finally {
    terminal.close();
  }
}
