import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** TCP ports on which the processes listen, whatever the address. */
export function listeningPorts(pids: readonly number[]): number[] {
  const ports = existsSync('/proc/net/tcp') ? fromProc(pids) : fromLsof(pids);
  return [...new Set(ports)];
}

/** See proc_pid_net(5): a socket's port is the fourth number of a line, its state the fifth, its inode the last asked for. */
function fromProc(pids: readonly number[]): number[] {
  const inodes = new Set(pids.flatMap(socketsOf));
  return ['/proc/net/tcp', '/proc/net/tcp6']
    .filter((file) => existsSync(file))
    .flatMap((file) => readFileSync(file, 'utf8').trim().split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state, , , , , , inode]) => state === '0A' && inodes.has(inode ?? ''))
    .map(([, local = '']) => Number.parseInt(local.split(':')[1] ?? '', 16));
}

function socketsOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  return unlessGone(() => readdirSync(folder)).flatMap((name) =>
    unlessGone(() => /^socket:\[(\d+)\]$/.exec(readlinkSync(`${folder}/${name}`))?.slice(1) ?? []),
  );
}

/** A process may have ended meanwhile, and a socket may have been closed. */
function unlessGone(read: () => string[]): string[] {
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function fromLsof(pids: readonly number[]): number[] {
  const output = execFileSync('lsof', ['-nP', '-iTCP', '-sTCP:LISTEN', '-a', '-Fn', '-p', pids.join()], {
    encoding: 'utf8',
  });
  return [...output.matchAll(/^n.*:(\d+)$/gm)].map(([, port]) => Number(port));
}
