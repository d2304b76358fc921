import type { Client } from '@temporalio/client';
import type { Config } from '../../app/config.ts';
import { UsageError } from '../../app/usage-error.ts';
import { revisionSettings } from '../../app/worker-settings.ts';
import type { Look } from '../../domain/look.ts';
import type { Privacy } from '../../domain/privacy.ts';
import { isEmpty, parseRevision, type Revision } from '../../domain/revision.ts';
import { unitsAtMost } from '../../stages/revise/cost.ts';
import {
  followRevision,
  lookAtPublished,
  type RevisionHandle,
  retryRevision,
  runningRevision,
  startRevision,
} from '../../temporal/client/revise.ts';
import { momentGiven } from '../moment-given.ts';
import { print, say } from '../output.ts';
import { publishedVideo } from '../published-video.ts';
import { describeRevision, describeWaiting } from '../revision-text.ts';
import { withTemporal } from '../session.ts';

interface Options {
  readonly title?: string;
  readonly description?: string;
  readonly privacy?: Privacy;
  readonly playlist?: string;
  readonly publishAt?: string;
  readonly frame?: string;
  readonly at?: number;
  readonly template?: string;
  readonly theme?: string;
  readonly crop?: NonNullable<Look['crop']>;
  readonly putBack?: true;
  readonly force?: true;
  readonly cost?: true;
  readonly retry?: true;
  readonly stop?: true;
  readonly json?: true;
}

export async function revise(id: string, options: Options): Promise<void> {
  const { putBack, force, cost, retry, stop, json } = options;
  await withTemporal(async ({ client, config }) => {
    const revision = revisionOf(options, config.TIME_ZONE);
    const isAsked = !isEmpty(revision);
    if ([isAsked, putBack, retry, stop].filter(Boolean).length > 1) {
      throw new UsageError('Give changes, or one of --put-back, --retry and --stop.');
    }
    const { videoId, hostId, target } = await publishedVideo(client, config, id);
    if (stop) {
      await (await runningRevision(client, videoId)).cancel();
      return print(json, { videoId, outcome: 'stopped' }, () => 'Stopped. What it had changed by then stays changed.');
    }
    if (retry) {
      const running = await runningRevision(client, videoId);
      await retryRevision(running);
      return follow({ client, config, videoId, json }, running);
    }
    const input = {
      videoId,
      hostId,
      revision,
      ...(target && { target }),
      settings: revisionSettings(config),
      ...(putBack && { putBack }),
      ...(force && { force }),
    };
    if (cost || (!isAsked && !putBack)) {
      const report = await lookAtPublished(client, config.TASK_QUEUE, input);
      return print(json, report, () => describeRevision(report, config.TIME_ZONE));
    }
    if (isAsked)
      say(
        `At most ${unitsAtMost(revision)} units of YouTube's quota${revision.playlist ? ', and one to find the playlist' : ''}.`,
      );
    await follow({ client, config, videoId, json }, await startRevision(client, config.TASK_QUEUE, input));
  });
}

function revisionOf(options: Options, timeZone: string): Revision {
  const { title, description, privacy, playlist, publishAt, frame, at, template, theme, crop } = options;
  const look = { ...(template && { template }), ...(theme && { theme }), ...(crop && { crop }) };
  const hasLook = Object.keys(look).length > 0;
  const thumbnail = {
    ...(frame !== undefined && { frame }),
    ...(at !== undefined && { atSeconds: at }),
    ...(hasLook && { look }),
  };
  return parseRevision({
    title,
    description,
    privacy,
    playlist,
    ...(publishAt !== undefined && { publishAt: momentGiven(publishAt, timeZone) }),
    ...(Object.keys(thumbnail).length > 0 && { thumbnail }),
  });
}

interface Following {
  readonly client: Client;
  readonly config: Config;
  readonly videoId: string;
  readonly json: true | undefined;
}

async function follow({ client, config, videoId, json }: Following, handle: RevisionHandle): Promise<void> {
  const outcome = await followRevision(client, handle, say);
  if ('waiting' in outcome) {
    const document = { videoId, outcome: 'waiting', waiting: outcome.waiting };
    return print(json, document, () => describeWaiting(outcome.waiting, videoId, config.TIME_ZONE));
  }
  if (outcome.outcome === 'conflict' || outcome.outcome === 'refused') process.exitCode = 1;
  print(json, outcome, () => describeRevision(outcome, config.TIME_ZONE));
}
