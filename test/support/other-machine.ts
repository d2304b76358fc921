import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { networkInterfaces } from 'node:os';

/** Another machine on a network with this one, as far as programs can tell. */
export interface OtherMachine extends Disposable {
  /** The networks of this machine as it sees them: the one on which they meet. */
  readonly interfaces: NodeJS.Dict<{ address: string; internal: boolean; family: 'IPv4' | 'IPv6' }[]>;
  /** The command that runs another one there. */
  readonly through: readonly string[];
  /** The same, where programs also read that name as the machine's own, if it has one of its own. */
  named(name: string): readonly string[];
  /** What it is, to be printed. */
  readonly kind: string;
}

/**
 * A network namespace with a virtual cable to this one; where that cannot be made, this machine by its own address in
 * the network, which no program takes for the machine itself.
 * @returns undefined where there is no network either
 */
export async function otherMachine(): Promise<OtherMachine | undefined> {
  return (await inNamespace()) ?? byOwnAddress();
}

function byOwnAddress(): OtherMachine | undefined {
  const [found] = Object.entries(networkInterfaces()).flatMap(([name, entries]) => {
    const usable = (entries ?? []).filter(({ internal, family }) => !internal && family === 'IPv4');
    return usable.length > 0 ? [{ [name]: usable }] : [];
  });
  return (
    found && {
      interfaces: found,
      through: [],
      named: () => [],
      kind: "by this machine's own address",
      [Symbol.dispose]() {},
    }
  );
}

async function inNamespace(): Promise<OtherMachine | undefined> {
  // Ends with us, however we end, and the cable with it.
  const holder = spawn('unshare', ['--net', 'sh', '-c', 'echo made; exec cat'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const isMade = await new Promise<boolean>((resolve) => {
    holder.once('error', () => resolve(false));
    holder.once('exit', () => resolve(false));
    holder.stdout.once('data', () => resolve(true));
  });
  if (!isMade) return undefined;
  try {
    return connect(holder);
  } catch {
    holder.kill();
    return undefined;
  }
}

/** @throws Error where this process may not make networks */
function connect(holder: ChildProcess): OtherMachine {
  const through = ['nsenter', `--net=/proc/${holder.pid}/ns/net`];
  const run = (...[command = '', ...args]: string[]) => execFileSync(command, args, { stdio: 'ignore' });
  // For tests of networks (RFC 2544): 32,768 pairs of addresses.
  const pair = randomInt(2 ** 15) * 4;
  const address = (last: number) => `198.${18 + (pair >> 16)}.${(pair >> 8) & 255}.${(pair & 255) + last}`;
  const [here, there] = [`bm${pair}`, `bm${pair}p`];
  run('ip', 'link', 'add', here, 'type', 'veth', 'peer', 'name', there, 'netns', String(holder.pid));
  run('ip', 'address', 'add', `${address(1)}/30`, 'dev', here);
  run('ip', 'link', 'set', here, 'up');
  run(...through, 'ip', 'address', 'add', `${address(2)}/30`, 'dev', there);
  run(...through, 'ip', 'link', 'set', there, 'up');
  run(...through, 'ip', 'link', 'set', 'lo', 'up');
  return {
    interfaces: { [here]: [{ address: address(1), internal: false, family: 'IPv4' }] },
    through,
    named: (name) => [...through, 'unshare', '--uts', 'sh', '-c', 'hostname "$0" && exec "$@"', name],
    kind: 'from a network namespace of its own',
    [Symbol.dispose]: () => void holder.kill(),
  };
}
