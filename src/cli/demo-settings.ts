import { type CurrentSettings, followSettings } from '../app/current-settings.ts';
import { prefix } from '../app/settings/index.ts';
import { readKept, withWholePaths, writeKept } from '../app/settings/kept.ts';

/** What would lead to the club's own recordings, its channel, its other machines, or to people. */
const notOfDemos = [
  ...['INPUT_DIR', 'COMPLETED_DIR', 'YOUTUBE_URL', 'LOCAL_YOUTUBE_URL', 'YOUTUBE_CLIENT', 'YOUTUBE_CREDENTIALS'],
  ...['PUBLISH_TARGET', 'MACHINES_KEY', 'METRICS', 'NOTIFY_WEBHOOK', 'NOTIFY_COMMAND', 'STUDIO_ON_NETWORK'],
];
/** A demo may run beside the club's program, and beside another demo. */
const anyPort = { STUDIO_PORT: 0, LOCAL_YOUTUBE_PORT: 0, TEMPORAL_PORT: 0, TEMPORAL_UI_PORT: 0 };

/**
 * The club's settings in a data folder of the demo's own, as a rehearsal: what is changed there is not changed for the
 * club.
 */
export function demoSettings({ places, now }: CurrentSettings, folder: string): CurrentSettings {
  const { DATA_DIR, DESIGNS_DIR } = now();
  const kept = withoutClubs(withWholePaths(readKept(DATA_DIR), DATA_DIR));
  if (Object.keys(kept).length > 0) writeKept(folder, kept);
  const own = followSettings({
    folder: places.folder,
    dotEnv: withoutClubs(places.dotEnv),
    environment: withoutClubs(places.environment),
    demo: {
      [`${prefix}DATA_DIR`]: folder,
      [`${prefix}DESIGNS_DIR`]: DESIGNS_DIR,
      [`${prefix}PUBLISH_TARGET`]: 'local',
    },
  });
  let [latest, shown] = [own.now(), { ...own.now(), ...anyPort }];
  return {
    ...own,
    now() {
      if (own.now() !== latest) [latest, shown] = [own.now(), { ...own.now(), ...anyPort }];
      return shown;
    },
  };
}

const withoutClubs = <T>(values: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !notOfDemos.includes(name.slice(prefix.length))));
