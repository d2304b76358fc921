import { UsageError } from '../../app/usage-error.ts';
import { type Corrections, parseCorrections, parseTeams } from '../../domain/corrections.ts';
import type { MatchType } from '../../domain/match.ts';
import { correctMatch, queryStatus } from '../../temporal/client/control.ts';
import { findVideo } from '../../temporal/client/videos.ts';
import type { VideoStatus } from '../../temporal/names.ts';
import { momentGiven } from '../moment-given.ts';
import { print } from '../output.ts';
import { readSettings, withTemporal } from '../session.ts';

interface Options {
  readonly type?: MatchType;
  readonly teams?: string;
  readonly tournament?: string;
  readonly title?: string;
  readonly description?: string;
  readonly date?: string;
  readonly privacy?: 'public' | 'unlisted' | 'private';
  readonly publishAt?: string;
  readonly json?: true;
}

export async function correct(id: string, { type, teams, publishAt, json, ...texts }: Options): Promise<void> {
  if (!type && !teams && !publishAt && Object.keys(texts).length === 0) {
    throw new UsageError(
      'Say what to correct: --type, --teams, --tournament, --title, --description, --date, --privacy or --publish-at.',
    );
  }
  await withTemporal(async ({ client }) => {
    const { videoId } = await findVideo(client, id);
    const matchType = type ?? (teams ? await presentType(client, videoId) : undefined);
    const corrections: Corrections = parseCorrections({
      ...texts,
      ...(publishAt && { publishAt: momentGiven(publishAt, readSettings().config.TIME_ZONE) }),
      ...(type && { matchType: type }),
      ...(teams && matchType && { teams: parseTeams(teams, matchType) }),
    });
    const status = await correctMatch(client, videoId, corrections);
    print(json, status, () => `${describeCorrected(status)}\nNext: ${status.next}`);
  });
}

/** A video has no title before its recording is prepared. */
function describeCorrected({ videoId, title }: Pick<VideoStatus, 'videoId' | 'title'>): string {
  return title === undefined ? `${videoId} is corrected.` : `${videoId} is now "${title}".`;
}

/** The match type that says how many players a team has: a corrected one, else the one in the recording's name. */
async function presentType(client: Parameters<typeof queryStatus>[0], videoId: string): Promise<MatchType> {
  const { corrections, match, recording } = await queryStatus(client, videoId);
  const matchType = corrections.matchType ?? match?.matchType;
  if (matchType) return matchType;
  throw new UsageError(`The name ${recording} does not say the match type: add it with --type.`);
}
