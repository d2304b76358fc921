import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Installed, ServiceError, type ServiceManager } from '../manager.ts';
import type { RunCommand } from '../run-command.ts';
import { parsePrint } from './print.ts';
import {
  agentLabel,
  folderOfPropertyList,
  nodeOfPropertyList,
  propertyListText,
  stopSecondsOfPropertyList,
} from './property-list.ts';

export interface LaunchdPlace {
  readonly home: string;
  /** Number of the user. */
  readonly uid: number;
  readonly run: RunCommand;
}

/** How long launchd may take to forget an agent that it was told to; longer than any `ExitTimeOut` of ours. */
const stopWithin = 300_000;

/** An agent of the user, as launchctl(1) controls it: loaded at login, unloaded to stop it. */
export function launchdManager({ home, uid, run }: LaunchdPlace): ServiceManager {
  const file = path.join(home, 'Library', 'LaunchAgents', `${agentLabel}.plist`);
  const output = path.join(home, 'Library', 'Logs', 'cafe-badminton.log');
  const domain = `gui/${uid}`;
  const target = `${domain}/${agentLabel}`;

  async function launchctl(...args: string[]): Promise<void> {
    const outcome = await run('launchctl', args);
    if (outcome?.code === 0) return;
    const why = outcome ? outcome.stderr.trim() || `code ${outcome.code}` : 'there is no launchctl';
    if ((await run('launchctl', ['print', domain]))?.code !== 0) throw new ServiceError(noSession(why));
    throw new ServiceError(`launchctl ${args.join(' ')}: ${why}`);
  }

  /** What launchd says about the agent; undefined if it is not loaded. */
  async function loaded(): Promise<string | undefined> {
    const outcome = await run('launchctl', ['print', target]);
    return outcome?.code === 0 ? outcome.stdout : undefined;
  }

  async function start(): Promise<void> {
    if ((await loaded()) !== undefined) return launchctl('kickstart', target);
    // It may have been disabled, which outlasts its property list.
    await launchctl('enable', target);
    await launchctl('bootstrap', domain, file);
  }

  async function stop(): Promise<void> {
    if ((await loaded()) === undefined) return;
    // It says "operation in progress" where the program takes its time to stop.
    await run('launchctl', ['bootout', target]);
    for (const deadline = Date.now() + stopWithin; (await loaded()) !== undefined; await sleep(200)) {
      if (Date.now() > deadline) throw new ServiceError(`${agentLabel} does not stop. See: launchctl print ${target}`);
    }
  }

  return {
    kind: 'launchd',
    name: agentLabel,
    ownOutput: `cat ${output}`,
    textFor: (plan) => propertyListText(plan, output),
    installed: () => readPropertyList(file),
    async state() {
      const text = await loaded();
      return text === undefined ? { activity: 'stopped' } : parsePrint(text);
    },
    async install(text) {
      if (readPropertyList(file)?.text !== text) {
        await stop();
        for (const needed of [file, output]) mkdirSync(path.dirname(needed), { recursive: true });
        writeFileSync(file, text);
      }
      await start();
    },
    start,
    stop,
    async restart() {
      // Not `kickstart -k`: this lets the program stop gently, and launchd starts it again.
      if (parsePrint((await loaded()) ?? '').pid === undefined) return start();
      await launchctl('kill', 'SIGTERM', target);
    },
    async uninstall() {
      await stop();
      rmSync(file, { force: true });
    },
    withoutLogin: async () =>
      'It starts when you log in on the screen, and stops when you log out. To start it with the machine, turn on automatic login in the system settings.',
  };
}

const noSession = (why: string) =>
  `launchd cannot be reached: ${why}\nLog in on the screen of this Mac as this user: an agent belongs to that session.`;

function readPropertyList(file: string): Installed | undefined {
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  const stopSeconds = stopSecondsOfPropertyList(text);
  return { file, text, folder: folderOfPropertyList(text), node: nodeOfPropertyList(text), stopSeconds };
}
