import { type Corrections, parseCorrections } from '../../domain/corrections.ts';
import { StageError } from '../../domain/errors.ts';
import type { Match } from '../../domain/match.ts';
import { buildMetadata } from '../../domain/metadata.ts';
import { dayOf, matchOf } from '../../stages/prepare/index.ts';
import type { PreparedRecord } from '../../stages/records.ts';
import type { StageOptions } from '../../stages/stage-options.ts';

/** What would be published, or why it cannot be. */
export type MetadataCheck =
  | {
      readonly ok: true;
      readonly match: Match;
      readonly title: string;
      readonly description: string;
      readonly privacy: string;
      /** YYYY-MM-DD */
      readonly date: string;
    }
  | { readonly ok: false; readonly problem: string };

/** Title, description and visibility with corrections that a person may still be typing. */
export function checkMetadata(
  record: PreparedRecord,
  videoId: string,
  wishes: unknown,
  options: StageOptions['metadata'],
): MetadataCheck {
  try {
    const corrections: Corrections = parseCorrections(wishes);
    const match = matchOf(record, corrections);
    const { title, description, privacy } = buildMetadata({
      ...options,
      match,
      date: record.recordedOn,
      videoId,
      corrections,
    });
    return { ok: true, match, title, description, privacy, date: dayOf(record, corrections) };
  } catch (error) {
    if (error instanceof StageError) return { ok: false, problem: error.message };
    throw error;
  }
}
