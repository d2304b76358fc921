import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { sourcesHash } from '../sources-hash.ts';
import { workflowChanges } from '../workflow-changes.ts';

/** A version of this program, as far as videos are concerned. */
export interface ProgramVersion {
  /** How many changes of the workflow it knows: a program can run the videos of those that know no more. */
  readonly changes: number;
  /** From `package.json`, for people. */
  readonly release: string;
  /** Of the sources; tells apart what people changed without a new release. */
  readonly hash: string;
}

let own: ProgramVersion | undefined;

/** The version of the program that is running. */
export function ownVersion(): ProgramVersion {
  own ??= { changes: workflowChanges.length, release: ownRelease(), hash: sourcesHash() };
  return own;
}

function ownRelease(): string {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

/** Its name on the server, such as `7-0.1.0-0123456789abcdef`. */
export const buildIdOf = ({ changes, release, hash }: ProgramVersion) => `${changes}-${release}-${hash}`;

/** The version behind a name on the server; undefined for a name that this program has not given. */
export function readBuildId(buildId: string): ProgramVersion | undefined {
  const { changes, release, hash } =
    /^(?<changes>\d{1,9})-(?<release>.+)-(?<hash>[0-9a-f]{16})$/.exec(buildId)?.groups ?? {};
  if (changes === undefined || release === undefined || hash === undefined) return undefined;
  return { changes: Number(changes), release, hash };
}

/** For people, such as `0.1.0 (0123456)`. */
export const describeVersion = ({ release, hash }: ProgramVersion) => `${release} (${hash.slice(0, 7)})`;
