import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type BuildProgress, createBuildProgress } from './build-progress.ts';
import { findGo, type Go, runGo } from './go.ts';

const source = 'github.com/temporalio/cli@v1.5.1';
const command = './cmd/temporal';
/** Without the tables for debuggers; the sources may lie in somebody's repository, whose state is not theirs. */
const buildFlags = ['-ldflags=-s -w', '-buildvcs=false'];
const tellEvery = 20_000;

const downloaded = z.object({ Dir: z.string() });

export interface BuildOptions {
  readonly searchPath: string;
  /** Tells a person how far it is. */
  readonly say: (message: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Builds the Temporal CLI with Go into `folder`; undefined where there is no Go that can. Takes minutes, once. */
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
 * Builds where the sources were downloaded to, not with `go install`: listing what is to be compiled and compiling it
 * are then done by the same Go, the one that the sources ask for.
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
