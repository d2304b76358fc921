import type { Config } from '../../app/config.ts';
import { channelNow } from '../../app/publish-target/channel-now.ts';
import { costOfRehearsed } from '../../app/rehearsed/cost.ts';
import { publishRehearsed, type RehearsedOutcome, stillRehearsing } from '../../app/rehearsed/publish-rehearsed.ts';
import { type RehearsedVideo, rehearsedVideos } from '../../app/rehearsed/rehearsed-videos.ts';
import { UsageError } from '../../app/usage-error.ts';
import { videoStarter } from '../../app/video-starter.ts';
import { describeCost } from '../../domain/rehearsed-cost.ts';
import { RefusedError } from '../../temporal/client/errors.ts';
import { openStore, type Store } from '../../workspace/store.ts';
import { confirm } from '../confirm.ts';
import { inTurn } from '../in-turn.ts';
import { onOneLine, print, say, table } from '../output.ts';
import { readSettings, withTemporal } from '../session.ts';

interface Options {
  readonly all?: true;
  readonly yes?: true;
  readonly json?: true;
}

/** Publishes for real what was rehearsed; without ids, only lists it. */
export async function publishRehearsedVideos(ids: readonly string[], options: Options): Promise<void> {
  const { all, json } = options;
  if (all && ids.length > 0) throw new UsageError('Say which videos to publish: their ids, or --all.');
  const { config } = readSettings();
  const store = openStore(config.DATA_DIR);
  try {
    const rehearsed = rehearsedVideos(store, config);
    if (!all && ids.length === 0) return list(rehearsed, json);
    if (config.PUBLISH_TARGET === 'local') throw new RefusedError(switchFirst);
    const chosen = all ? rehearsed : ids.map((id) => meant(rehearsed, id));
    const publishable = chosen.filter(({ problem }) => !all || problem === undefined);
    for (const { videoId, problem } of chosen) if (all && problem) say(`${videoId} is left out. ${problem}`);
    if (publishable.length === 0) return print(json, { videos: [] }, () => 'There is no rehearsed video to publish.');
    await askFirst(publishable, config, store, options);
    await publish(publishable, store, json);
  } finally {
    store.close();
  }
}

async function askFirst(
  videos: readonly RehearsedVideo[],
  config: Config,
  store: Store,
  { all, yes }: Options,
): Promise<void> {
  const channel = await channelNow(config, store);
  const cost = costOfRehearsed(
    videos.map(({ videoId }) => videoId),
    store,
    config,
  );
  say(describeCost({ ...cost, videos: videos.length, channel: channel.title }));
  if (all && !yes)
    await confirm(
      videos.map(({ videoId, title }) => onOneLine(`${videoId}  ${title}`)),
      'publish',
    );
}

const publish = (videos: readonly RehearsedVideo[], store: Store, json: true | undefined) =>
  withTemporal(async ({ config, client }) => {
    const now = () => config;
    const startVideo = videoStarter(now, client, store);
    const act = async ({ videoId }: RehearsedVideo) => {
      const outcome = await publishRehearsed({ now, store, startVideo }, videoId);
      return { ...outcome, text: describe(outcome) };
    };
    const outcomes = await inTurn(videos, { json, act });
    if (outcomes.some(({ outcome }) => outcome === 'refused')) process.exitCode = 1;
  });

function describe(outcome: RehearsedOutcome): string {
  const { videoId } = outcome;
  switch (outcome.outcome) {
    case 'started':
      return outcome.asksForFrame
        ? `${videoId}  is started. No record says which frame its rehearsal shows: npx badminton select ${videoId}`
        : `${videoId}  is being published for real. See: npx badminton status ${videoId}`;
    case 'joined':
      return `${videoId}  is already being processed, as a rehearsal or for real. See: npx badminton status ${videoId}`;
    case 'published':
      return `${videoId}  is on the real YouTube already.`;
    case 'not-rehearsed':
      return `${videoId}  was not rehearsed on this machine.`;
    case 'refused':
      return `${videoId}  ${outcome.problem}`;
  }
}

/** @throws RefusedError if none or several match */
function meant(rehearsed: readonly RehearsedVideo[], reference: string): RehearsedVideo {
  const text = reference.trim();
  const found = rehearsed.filter(
    ({ videoId, recording }) =>
      text !== '' && (recording === text || videoId.startsWith(text) || videoId.startsWith(`video-${text}`)),
  );
  const [only, ...others] = found;
  if (only && others.length === 0) return only;
  throw new RefusedError(
    only
      ? `"${reference}" fits ${found.length} rehearsed videos. Type more of the id.`
      : `"${reference}" is no rehearsed video that is not on YouTube yet. See them all with: npx badminton publish-rehearsed`,
  );
}

function list(rehearsed: readonly RehearsedVideo[], json: true | undefined): void {
  print(json, { videos: rehearsed }, () =>
    rehearsed.length === 0
      ? 'Nothing was rehearsed that is not on the real YouTube.'
      : table(
          ['ID', 'TITLE', 'REHEARSED', 'PROBLEM'],
          rehearsed.map(({ videoId, title, rehearsedAt, problem = '' }) => [videoId, title, rehearsedAt, problem]),
        ),
  );
}

const switchFirst = `${stillRehearsing} Switch first: npx badminton settings set BADMINTON_PUBLISH_TARGET youtube`;
