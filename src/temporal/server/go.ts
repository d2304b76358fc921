import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { childEnvironment } from '../../child/child-environment.ts';

const run = promisify(execFile);

/** From 1.21 on, Go fetches the newer toolchain that a module asks for (https://go.dev/doc/toolchain). */
const oldestMinor = 21;
export const oldestGo = `1.${oldestMinor}`;
/** What the Temporal server's sources ask for. Named explicitly, because an older Go would fetch the newest one. */
const wantedMinor = 25;
const wantedToolchain = `go1.${wantedMinor}.0+auto`;

/** Its own settings (`go help environment`), the compiler, and the way to the network. */
const goEnvironment = () => childEnvironment(process.env, /^(GO[A-Z0-9_]+|CGO_\w+|CC|CXX|(https?|no)_proxy)$/i);

export interface Go {
  /** For example `1.26.1`. */
  readonly version: string;
  /** Whether it is new enough to build the Temporal server. */
  readonly canBuild: boolean;
  /** GOTOOLCHAIN for the build. Distributions ship Go with `local`, which fetches none. */
  readonly toolchain: string;
}

/** The Go on the search path; undefined if there is none. */
export async function findGo(searchPath: string): Promise<Go | undefined> {
  try {
    // The installed one, not one that a module or a setting would switch to.
    const env = { ...goEnvironment(), PATH: searchPath, GOTOOLCHAIN: 'local' };
    const { stdout } = await run('go', ['version'], { env });
    const [, version, major, minor] = /\bgo((\d+)\.(\d+)\S*)/.exec(stdout) ?? [];
    if (version === undefined) return undefined;
    const isAtLeast = (wanted: number) => Number(major) > 1 || Number(minor) >= wanted;
    const toolchain = isAtLeast(wantedMinor) ? 'auto' : wantedToolchain;
    return { version, canBuild: isAtLeast(oldestMinor), toolchain };
  } catch {
    return undefined;
  }
}

export interface GoOptions {
  readonly searchPath: string;
  readonly toolchain: string;
  readonly folder?: string;
  readonly signal?: AbortSignal | undefined;
  /** Called with each line of standard error: what is being downloaded or compiled, or what is wrong. */
  readonly onLine: (line: string) => void;
}

/** Runs a Go command and returns its standard output. @throws Error with the end of Go's output if it fails */
export async function runGo(args: readonly string[], options: GoOptions): Promise<string> {
  const { searchPath, toolchain, folder, signal, onLine } = options;
  const child = spawn('go', args, {
    // A user's own `-mod=vendor` would need a folder that does not exist.
    env: { ...goEnvironment(), PATH: searchPath, GOTOOLCHAIN: toolchain, GOFLAGS: '-mod=readonly' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(folder !== undefined && { cwd: folder }),
    ...(signal && { signal }),
  });
  const closed = once(child, 'close');
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  let lastWords = '';
  createInterface(child.stderr).on('line', (line) => {
    lastWords = `${lastWords}${line}\n`.slice(-2000);
    onLine(line);
  });
  const [code] = await closed;
  if (code !== 0) throw new Error(`Go could not build the Temporal server:\n${lastWords || output}`);
  return output;
}
