import type { Client } from '@temporalio/client';
import { StageError } from '../../domain/errors.ts';
import { otherTarget } from '../../domain/publish-target.ts';
import { describeCost } from '../../domain/rehearsed-cost.ts';
import { explainSwitch } from '../../domain/target-switch.ts';
import { RequestError } from '../../http/request-error.ts';
import type { PublishingDesk } from '../../studio/index.ts';
import type { StartVideo } from '../../temporal/client/start.ts';
import type { Store } from '../../workspace/store.ts';
import { changeSettings, SettingsRefused } from '../change-settings.ts';
import type { CurrentSettings } from '../current-settings.ts';
import { thisHost } from '../host.ts';
import { oneServerForBoth } from '../publish-target/addresses.ts';
import { atSwitch } from '../publish-target/at-switch.ts';
import { type Channel, channelNow } from '../publish-target/channel-now.ts';
import { costOfRehearsed } from '../rehearsed/cost.ts';
import { publishRehearsed, stillRehearsing } from '../rehearsed/publish-rehearsed.ts';
import { rehearsedVideos } from '../rehearsed/rehearsed-videos.ts';
import { prefix } from '../settings/index.ts';
import { fixedBy, whyFixed } from '../settings-layers.ts';

export interface PublishingDeskParts {
  readonly settings: CurrentSettings;
  readonly client: Client;
  readonly store: Store;
  readonly startVideo: StartVideo;
}

const name = `${prefix}PUBLISH_TARGET`;

/** Switching between rehearsals and the real YouTube, and publishing what was rehearsed, for the studio's page. */
export function publishingDesk({ settings, client, store, startVideo }: PublishingDeskParts): PublishingDesk {
  const { now, places } = settings;
  const host = thisHost(now().DATA_DIR);
  const requireChannel = async (told: string | undefined, signal: AbortSignal): Promise<Channel> => {
    const channel = await channelNow(now(), store, signal);
    if (channel.id === told) return channel;
    throw new RequestError(
      409,
      `The channel “${channel.title}” is signed in by now, which is not the one that you were told.`,
      'Look again, and confirm that one.',
    );
  };
  return {
    async lookAtSwitch(signal) {
      const from = now().PUBLISH_TARGET;
      const to = otherTarget(from);
      const refused = (problem: string, needsSignIn = false) => ({ from, to, becomes: [], problem, needsSignIn });
      const by = fixedBy(places, name);
      if (by) return refused(`Where videos go ${whyFixed(by)}.`);
      const same = oneServerForBoth(now());
      if (same) return refused(`${same}.`);
      try {
        const channel = to === 'youtube' ? await channelNow(now(), store, signal) : undefined;
        const becomes = explainSwitch(await atSwitch({ client, store, host, config: now() }, to, channel));
        return { from, to, becomes, needsSignIn: false, ...(channel && { channel }) };
      } catch (error) {
        if (!(error instanceof StageError)) throw error;
        return refused(`${error.message} ${error.action}`, error.code === 'AUTH_REQUIRED');
      }
    },
    async switchTo(to, channelId, signal) {
      if (to === 'youtube') await requireChannel(channelId, signal);
      try {
        await changeSettings(places, { [name]: to });
      } catch (error) {
        if (error instanceof SettingsRefused) throw new RequestError(409, error.message);
        throw error;
      }
    },
    rehearsed: () =>
      rehearsedVideos(store, now()).map(({ videoId, title, problem }) => ({
        videoId,
        title,
        ...(problem && { problem }),
      })),
    async quote(videoIds, signal) {
      const channel = await channelNow(now(), store, signal);
      const videos = videoIds.length;
      const cost = costOfRehearsed(videoIds, store, now());
      return { channel, videoIds, comesTo: describeCost({ ...cost, videos, channel: channel.title }) };
    },
    async publish(videoIds, channelId, signal) {
      if (now().PUBLISH_TARGET === 'local')
        throw new RequestError(409, stillRehearsing, 'Switch to the real YouTube first, under Settings.');
      await requireChannel(channelId, signal);
      const outcomes = [];
      for (const videoId of videoIds) outcomes.push(await publishRehearsed({ now, store, startVideo }, videoId));
      return outcomes;
    },
  };
}
