import { print, say } from './output.ts';

export interface InTurn<Item, Result> {
  readonly json: boolean | undefined;
  readonly act: (item: Item) => Promise<Result>;
}

/** The outcome for one item. */
export interface Outcome {
  /** One line for people; programs get the rest. */
  readonly text: string;
}

/**
 * Does the same to one item after another. Each outcome is printed as soon as it is known; with `--json`, all are
 * printed in one document `{ videos }`, even when one throws, which ends it.
 * @throws what `act` throws
 */
export async function inTurn<Item, Result extends Outcome>(
  items: readonly Item[],
  { json, act }: InTurn<Item, Result>,
): Promise<Result[]> {
  const outcomes: Result[] = [];
  try {
    for (const item of items) {
      const outcome = await act(item);
      outcomes.push(outcome);
      if (!json) print(false, outcome, () => outcome.text);
    }
  } catch (error) {
    if (items.length > 1)
      say(`Stopped: ${outcomes.length} of ${items.length} are done. The next one may be; the others were not tried.`);
    throw error;
  } finally {
    if (json) print(json, { videos: outcomes.map(({ text: _, ...data }) => data) }, String);
  }
  return outcomes;
}
