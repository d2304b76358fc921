import { type OpenStages, openStages } from '../../app/open-stages.ts';
import { requireWritable, writeContactSheet } from '../../contact-sheet/index.ts';
import { buildMetadata } from '../../domain/metadata.ts';
import { cleanupVideo } from '../../stages/cleanup/index.ts';
import type { StageContext } from '../../stages/context.ts';
import { enhanceThumbnail } from '../../stages/enhance/index.ts';
import { prepareVideo } from '../../stages/prepare/index.ts';
import { rankThumbnails } from '../../stages/rank/index.ts';
import { rankingRecord } from '../../stages/records.ts';
import { selectThumbnail } from '../../stages/select/index.ts';
import { uploadVideo } from '../../stages/upload/index.ts';
import { type ChoiceOptions, candidateTable, choiceOf } from '../choice.ts';
import { inThisTerminal } from '../local-attempt.ts';
import { print } from '../output.ts';
import { patiently } from '../patiently.ts';
import { readSettings } from '../session.ts';
import { sheetOf } from '../sheet-of.ts';

export type StageName = 'prepare' | 'rank' | 'select' | 'enhance' | 'upload' | 'cleanup';

export interface StageWishes extends ChoiceOptions {
  readonly top?: number;
  readonly template?: string;
  readonly json?: true;
  /** Where to write the contact sheet of a ranking. */
  readonly sheet?: string;
}

export async function stage(name: StageName, file: string, wishes: StageWishes): Promise<void> {
  const { config } = readSettings();
  await using parts = openStages(config);
  const result = await inThisTerminal(parts.store, (context) => runStage(name, file, wishes, parts, context));
  print(wishes.json, result.data, () => result.text);
}

export interface StageResult {
  /** For programs. */
  readonly data: object;
  /** For people. */
  readonly text: string;
}

/** Runs one stage with the configured options, using the same functions as the activities. */
export async function runStage(
  name: StageName,
  file: string,
  wishes: StageWishes,
  { config, youtube, stageOptions }: OpenStages,
  context: StageContext,
): Promise<StageResult> {
  switch (name) {
    case 'prepare': {
      const { videoId, record, match, warnings, published } = await prepareVideo(file, stageOptions.prepare, context);
      const { title } = buildMetadata({ ...stageOptions.metadata, match, date: record.recordedOn, videoId });
      const before = published && [`Already published as "${published.title}": ${published.watchUrl}`];
      return {
        data: {
          videoId,
          title,
          recordedOn: record.recordedOn,
          match,
          warnings,
          ...record.info,
          ...(published && { published }),
        },
        text: [title, ...warnings, ...(before ?? [])].join('\n'),
      };
    }
    case 'rank': {
      const { sheet } = wishes;
      if (sheet) await requireWritable(sheet);
      const ranking = await rankThumbnails(file, wishes.top ?? config.TOP_N, context, stageOptions.rank);
      const { candidates, notes } = ranking;
      if (sheet) {
        const workspace = await context.store.open(file, context.attempt);
        await writeContactSheet(sheetOf(file, ranking, workspace), sheet, context.signal);
      }
      return {
        data: { candidates, notes, ...(sheet && { sheet }) },
        text: [candidateTable(candidates), ...notes, ...(sheet ? [`Contact sheet: ${sheet}`] : [])].join('\n'),
      };
    }
    case 'select': {
      const workspace = await context.store.open(file, context.attempt);
      const candidates = workspace.read(rankingRecord)?.candidates ?? [];
      const selected = await selectThumbnail(file, choiceOf(wishes, candidates) ?? { best: true }, context);
      return { data: selected, text: `Selected ${selected.file}` };
    }
    case 'enhance': {
      const template = wishes.template ?? config.TEMPLATE;
      const { file: thumbnail, warnings } = await enhanceThumbnail(
        file,
        { ...stageOptions.enhance, template },
        context,
      );
      return { data: { file: thumbnail, warnings }, text: [`Drawn: ${thumbnail}`, ...warnings].join('\n') };
    }
    case 'upload': {
      const channel = await youtube();
      const publish = () => uploadVideo(file, stageOptions.upload, channel, context);
      const { youtubeId, watchUrl, title, warnings } = await patiently(context, publish);
      return {
        data: { youtubeId, watchUrl, title, warnings },
        text: [`Published "${title}": ${watchUrl}`, ...warnings].join('\n'),
      };
    }
    case 'cleanup': {
      const { movedTo } = await cleanupVideo(file, stageOptions.cleanup, context);
      return {
        data: { movedTo },
        text: movedTo ? `Moved to ${movedTo}` : 'A rehearsal: the recording stays where it is.',
      };
    }
  }
}
