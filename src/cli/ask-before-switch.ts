import { checkConfig } from '../app/config.ts';
import { thisHost } from '../app/host.ts';
import { atSwitch } from '../app/publish-target/at-switch.ts';
import { channelNow } from '../app/publish-target/channel-now.ts';
import { prefix } from '../app/settings/index.ts';
import { keptAt, mergedEnvironment, type SettingPlaces } from '../app/settings-layers.ts';
import { temporalTarget } from '../app/temporal-target.ts';
import { StageError } from '../domain/errors.ts';
import { explainSwitch } from '../domain/target-switch.ts';
import { connect } from '../temporal/connect.ts';
import { openStore } from '../workspace/store.ts';
import { confirm } from './confirm.ts';
import { say } from './output.ts';

/**
 * Before videos go to another YouTube: says what becomes of everything, and asks. Where the change is none, or is going to
 * be refused, nothing is asked.
 * @param value null takes it out of `settings.json`
 * @throws UsageError when the answer is not yes; StageError AUTH_REQUIRED without a sign-in
 */
export async function askBeforeSwitch(
  places: SettingPlaces,
  value: string | null,
  yes: true | undefined,
): Promise<void> {
  const environment = mergedEnvironment(places);
  const kept = keptAt(places);
  const read = (target: string | null) => {
    const { [`${prefix}PUBLISH_TARGET`]: _, ...others } = kept;
    const wanted = target === null ? others : { ...others, [`${prefix}PUBLISH_TARGET`]: target };
    return checkConfig(environment, places.folder, wanted).config;
  };
  const [before, after] = [checkConfig(environment, places.folder, kept).config, read(value)];
  if (!before || !after || before.PUBLISH_TARGET === after.PUBLISH_TARGET) return;
  const store = openStore(before.DATA_DIR);
  try {
    const to = after.PUBLISH_TARGET;
    const channel = to === 'youtube' ? await channelNow(before, store) : undefined;
    const target = await temporalTarget(before, environment).catch(() => undefined);
    const client = target && (await connect(target).catch(() => undefined));
    try {
      const lines = explainSwitch(
        await atSwitch({ client, store, host: thisHost(before.DATA_DIR), config: before }, to, channel),
      );
      if (yes) for (const line of lines) say(line);
      else await confirm(lines, 'switch', 'Switch?');
    } finally {
      await client?.connection.close();
    }
  } catch (error) {
    if (error instanceof StageError && error.code === 'AUTH_REQUIRED')
      say('Videos go to the real YouTube only once somebody is signed in.');
    throw error;
  } finally {
    store.close();
  }
}
