import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { deliverWithin, type NoticeChannel } from '../../notify/channels.ts';
import { messageOf } from '../../notify/message.ts';
import type { Notice } from '../../notify/notice.ts';
import { drawSamplePicture } from '../../sample-match/picture.ts';
import { askForRestart, runsAsService } from '../../service/this-process.ts';
import type { SettingsDesk, SettingsView, SettingView, TestedChannel } from '../../studio/index.ts';
import { cleanLogo } from '../../thumbnail/logo/index.ts';
import { writePicture } from '../../thumbnail/write-picture.ts';
import { changeSettings, type SettingChanges, SettingsRefused } from '../change-settings.ts';
import type { CurrentSettings, SettingName } from '../current-settings.ts';
import { noticeChannels } from '../notices.ts';
import { prefix, settingGroups, settings } from '../settings/index.ts';
import { readKept } from '../settings/kept.ts';
import { choicesOf, defaultOf, kindOf } from '../settings/kind.ts';
import { words } from '../settings/words.ts';
import { type SettingState, settingStates } from '../settings-layers.ts';

const logoName = /^logo-[0-9a-f]{16}\.png$/;

/** The settings for the studio's page. */
export function settingsDesk(current: CurrentSettings): SettingsDesk {
  const { places, now } = current;
  const folder = path.join(now().DATA_DIR, 'studio');
  const change = async (changes: SettingChanges) => {
    try {
      await changeSettings(places, changes);
      return [];
    } catch (error) {
      if (error instanceof SettingsRefused) return error.mistakes;
      throw error;
    }
  };
  return {
    view: () => viewOf(current),
    change,
    hasApplied: (name) => current.hasApplied(name.slice(prefix.length) as SettingName),
    get restart() {
      return runsAsService() && askForRestart;
    },
    async keepLogo(picture, signal) {
      const png = await cleanLogo(picture, signal);
      // A new name for each picture, because drawn thumbnails are known by the path of their logo.
      const name = `logo-${createHash('sha256').update(png).digest('hex').slice(0, 16)}.png`;
      await mkdir(folder, { recursive: true });
      await writePicture(path.join(folder, name), png);
      const before = path.basename(now().CLUB_LOGO ?? '');
      const mistakes = await change({ [`${prefix}CLUB_LOGO`]: path.join('studio', name) });
      // A thumbnail that is being drawn may still read the one before.
      await removeLogos(folder, [name, before]);
      return mistakes;
    },
    sendTest: (signal) => Promise.all(noticeChannels(now()).map((channel) => test(channel, signal))),
    async samplePhoto(signal) {
      const file = path.join(folder, 'sample.jpg');
      if (existsSync(file)) return file;
      await mkdir(folder, { recursive: true });
      await writePicture(file, await drawSamplePicture(signal));
      return file;
    },
  };
}

async function removeLogos(folder: string, kept: readonly string[]): Promise<void> {
  const names = (await readdir(folder)).filter((name) => logoName.test(name) && !kept.includes(name));
  for (const name of names) await rm(path.join(folder, name), { force: true });
}

async function test(channel: NoticeChannel, signal: AbortSignal): Promise<TestedChannel> {
  const { name } = channel;
  try {
    await channel.deliver(
      messageOf([testNotice], testNotice.link),
      AbortSignal.any([signal, AbortSignal.timeout(deliverWithin)]),
    );
    return { name };
  } catch (error) {
    return { name, problem: (error as Error).message };
  }
}

const testNotice: Notice = {
  ...{ key: '', kind: 'test', videoId: '', recording: '', link: '', title: 'A test of the badminton studio' },
  summary: 'This is a test of the badminton studio: notices of videos arrive like this.',
  text: 'This is a test of the badminton studio: notices of videos arrive like this.',
};

function viewOf(current: CurrentSettings): SettingsView {
  const { places, now } = current;
  const problem = current.problem();
  const kept = problem === undefined ? readKept(now().DATA_DIR) : {};
  const states = new Map(settingStates(places, kept).map((state) => [state.name, state]));
  const waiting = new Set<string>(current.waiting());
  return {
    groups: settingGroups.map((group) => ({
      title: group.title,
      settings: Object.keys(group.settings).map((setting) =>
        viewOfOne(setting as keyof typeof settings, states.get(prefix + setting), waiting.has(setting)),
      ),
    })),
    ...(problem !== undefined && { problem }),
    canRestart: runsAsService() !== undefined,
  };
}

function viewOfOne(setting: keyof typeof settings, state: SettingState | undefined, waits: boolean): SettingView {
  const schema = settings[setting];
  const told = words.get(schema);
  if (!told || !state) throw new Error(`${prefix}${setting} has no words in src/app/settings.`);
  const { about, changeFrom, applies, otherwise = defaultOf(schema), example } = told;
  const choices = choicesOf(schema);
  return {
    ...{ name: state.name, about: plain(about), kind: plain(kindOf(schema)), otherwise: plain(otherwise ?? '') },
    ...{ source: state.source, isSecret: told.secret ?? false, changeFrom, applies, waits },
    ...(choices && { choices }),
    ...(state.value !== undefined && { value: state.value }),
    ...(example !== undefined && { example }),
  };
}

/** Without the Markdown of docs/settings.md. */
const plain = (markdown: string) => markdown.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('`', '');
