import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type BuildProgress, createBuildProgress } from './build-progress.ts';
import { findGo, type Go, runGo } from './go.ts';

const source = 'github.com/temporalio/cli@v1.5.1';
const command = './cmd/temporal';
/** Without debug tables, and without version control stamps: the sources may lie inside an unrelated repository. */
const buildFlags = ['-ldflags=-s -w', '-buildvcs=false'];
const tellEvery = 20_000;

const downloaded = z.object({ Dir: z.string() });

export interface BuildOptions {
  readonly searchPath: string;
  /** Reports progress to a person. */
  readonly say: (message: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Builds the Temporal CLI with Go into `folder`; undefined if there is no suitable Go. Takes minutes, once. */
export async function buildServer(folder: string, options: BuildOptions): Promise<string | undefined> {
  const { searchPath, say } = options;
  const go = await findGo(searchPath);
  if (!go?.canBuild) return undefined;
  const staging = join(folder, `.building-${process.pid}`);
  mkdirSync(staging, { recursive: true });
  say(
    `Building the Temporal server from source with Go ${go.version}, once. It takes some six minutes of ` +
      'processor time: three on two idle cores, longer on busy ones …',
  );
  const progress = createBuildProgress();
  const ticker = setInterval(() => say(`… ${progress.describe()}`), tellEvery);
  try {
    const built = join(staging, 'temporal');
    await compile(built, go, progress, options);
    const binary = join(folder, 'temporal');
    renameSync(built, binary);
    say('The Temporal server is built.');
    return binary;
  } finally {
    clearInterval(ticker);
    rmSync(staging, { recursive: true, force: true });
  }
}

/**
 * Builds in the folder of the downloaded sources, not with `go install`: this way the same Go, the one the sources ask
 * for, both lists the packages and compiles them.
 */
async function compile(
  binary: string,
  { toolchain }: Go,
  progress: BuildProgress,
  options: BuildOptions,
): Promise<void> {
  const { searchPath, signal } = options;
  const go = { searchPath, toolchain, signal, onLine: progress.line };
  const { Dir: folder } = downloaded.parse(JSON.parse(await runGo(['mod', 'download', '-json', source], go)));
  const stale = '{{if .Stale}}{{.ImportPath}}{{end}}';
  const packages = await runGo(['list', '-deps', ...buildFlags, '-f', stale, command], { ...go, folder });
  progress.expect(packages.split('\n').filter(Boolean).length);
  await runGo(['build', '-v', ...buildFlags, '-o', binary, command], { ...go, folder });
}
