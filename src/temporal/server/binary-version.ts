import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * The oldest server that this program was tried with. What it needs: versions of workers (from 1.28), updates that wait
 * for their result, and priorities of activities (`matching.useNewMatcher`).
 */
const oldest = { major: 1, minor: 29 };
export const oldestServer = `${oldest.major}.${oldest.minor}`;

/** What a binary says of itself: the version of the server in it, such as `1.29.1`, if it names one. */
export interface BinaryVersion {
  readonly server: string | undefined;
  readonly isNewEnough: boolean;
}

/** Undefined if it does not run as the Temporal CLI. Its own version says nothing: built with Go, it is `0.0.0-DEV`. */
export async function readBinaryVersion(binary: string): Promise<BinaryVersion | undefined> {
  try {
    const { stdout } = await run(binary, ['--version'], { timeout: 10_000 });
    return stdout.startsWith('temporal version') ? versionIn(stdout) : undefined;
  } catch {
    return undefined;
  }
}

function versionIn(text: string): BinaryVersion {
  const { server, major, minor } =
    /\(server v?(?<server>(?<major>\d+)\.(?<minor>\d+)[^\s,)]*)/i.exec(text)?.groups ?? {};
  const distance = Number(major) - oldest.major || Number(minor) - oldest.minor;
  return { server, isNewEnough: distance >= 0 };
}

/** For example `holds the Temporal server 1.27.2; 1.29 or later is needed`. */
export const describeTooOld = ({ server }: BinaryVersion) =>
  `${server ? `holds the Temporal server ${server}` : 'does not say which Temporal server it holds'}; ${oldestServer} or later is needed`;
