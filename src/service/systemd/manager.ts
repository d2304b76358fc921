import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Installed, ServiceError, type ServiceManager } from '../manager.ts';
import type { RunCommand } from '../run-command.ts';
import { parseShow, shownProperties } from './show.ts';
import { folderOfUnit, nodeOfUnit, stopSecondsOfUnit, unitName, unitText } from './unit.ts';

export interface SystemdPlace {
  /** `$XDG_CONFIG_HOME`, or `.config` in the home folder. */
  readonly configFolder: string;
  readonly user: string;
  readonly run: RunCommand;
}

/** The user's own systemd: no administrator is needed. */
export function systemdManager({ configFolder, user, run }: SystemdPlace): ServiceManager {
  const file = path.join(configFolder, 'systemd', 'user', unitName);

  /** @throws ServiceError if it fails */
  async function systemctl(...args: string[]): Promise<string> {
    const outcome = await run('systemctl', ['--user', ...args]);
    if (outcome?.code === 0) return outcome.stdout;
    // Whatever the command: if not even this is answered, it is not the service that is wrong.
    const asked = await run('systemctl', ['--user', 'show', '--property=Version']);
    if (asked?.code !== 0) throw new ServiceError(noSession(user, asked?.stderr.trim() ?? 'there is no systemctl'));
    throw new ServiceError(`systemctl --user ${args.join(' ')}: ${outcome?.stderr.trim() || `code ${outcome?.code}`}`);
  }

  return {
    kind: 'systemd',
    name: unitName,
    ownOutput: `journalctl --user --unit ${unitName}`,
    textFor: unitText,
    installed: () => readUnit(file),
    state: async () => parseShow(await systemctl('show', `--property=${shownProperties.join(',')}`, unitName)),
    async install(text) {
      const before = readUnit(file)?.text;
      await systemctl('show', '--property=Version');
      if (text !== before) {
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, text);
        await systemctl('daemon-reload');
      }
      await systemctl('enable', unitName);
      const isOther = before !== undefined && text !== before;
      await systemctl(isOther ? 'restart' : 'start', unitName);
    },
    async start() {
      await systemctl('start', unitName);
    },
    async stop() {
      await systemctl('stop', unitName);
    },
    async restart() {
      await systemctl('restart', unitName);
    },
    async uninstall() {
      await systemctl('disable', '--now', unitName);
      rmSync(file, { force: true });
      await systemctl('daemon-reload');
    },
    async withoutLogin() {
      const command = 'loginctl enable-linger';
      const shown = await run('loginctl', ['show-user', user, '--property=Linger', '--value']);
      if (shown?.stdout.trim() === 'yes') return undefined;
      return shown?.stdout.trim() === 'no'
        ? `It runs while you are logged in. To start it with the machine and keep it running when you log out: ${command}`
        : `Whether it keeps running when you log out is not known. On most systems, this makes it so: ${command}`;
    },
  };
}

const noSession = (user: string, why: string) =>
  `The systemd of the user ${user} cannot be reached: ${why}\n` +
  'Log in as this user, on the screen or with ssh, not with su or sudo. Without a login: as an administrator, run ' +
  `"loginctl enable-linger ${user}", then set XDG_RUNTIME_DIR to /run/user/ and the user's number.`;

function readUnit(file: string): Installed | undefined {
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  return { file, text, folder: folderOfUnit(text), node: nodeOfUnit(text), stopSeconds: stopSecondsOfUnit(text) };
}
