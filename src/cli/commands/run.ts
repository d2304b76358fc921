import { openStages } from '../../app/open-stages.ts';
import type { Choice } from '../../domain/selection.ts';
import { rankingRecord } from '../../stages/records.ts';
import { askForChoice, candidateTable, choiceOf } from '../choice.ts';
import { inThisTerminal } from '../local-attempt.ts';
import { print, say } from '../output.ts';
import { requireDesigns } from '../require-designs.ts';
import { readSettings } from '../session.ts';
import { warnWithoutSignIn } from '../sign-in-check.ts';
import { runStage, type StageName, type StageResult, type StageWishes } from './stage.ts';

/** Takes one recording through all stages in this terminal, without Temporal. */
export async function run(file: string, wishes: StageWishes): Promise<void> {
  const { config } = readSettings();
  requireDesigns(config, wishes.template);
  await warnWithoutSignIn(config);
  await using parts = openStages(config);
  // Anything that would prevent publishing is reported now, before a person chooses.
  await parts.youtube();
  const result = await inThisTerminal(parts.store, async (context) => {
    const results: Partial<Record<StageName, object>> = {};
    const step = async (name: StageName, options: StageWishes = wishes): Promise<StageResult> => {
      const outcome = await runStage(name, file, options, parts, context);
      results[name] = outcome.data;
      if (name !== 'rank') say(outcome.text);
      return outcome;
    };
    const prepared = await step('prepare');
    if ('published' in prepared.data) return results;
    await step('rank');
    const { candidates = [], notes = [] } = (await context.store.open(file, context.attempt)).read(rankingRecord) ?? {};
    for (const note of notes) say(note);
    const chosen = choiceOf(wishes, candidates);
    if (!chosen) say(candidateTable(candidates));
    const choice = chosen ?? (process.stdin.isTTY ? await askForChoice(candidates) : ({ best: true } as const));
    await step('select', asOptions(choice));
    for (const name of ['enhance', 'upload', 'cleanup'] as const) await step(name);
    return results;
  });
  print(wishes.json, result, () => 'Done.');
}

function asOptions(choice: Choice): StageWishes {
  if ('frame' in choice) return { frame: choice.frame };
  return 'atSeconds' in choice ? { at: choice.atSeconds } : { best: true };
}
