import { z } from 'zod';
import type { Person } from '../../pose/index.ts';
import type { RecordKind } from '../../workspace/record.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { type SightingsBook, sightingsBook } from './sightings.ts';

/** Changes whenever the pose model would give different sightings for the same scan. */
const version = 2;

const joint = z.object({ x: z.number(), y: z.number(), confidence: z.number() });
const person = z.object({
  box: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
  confidence: z.number(),
  joints: z.record(z.string(), joint).transform((joints) => joints as Person['joints']),
});
const sightings = z.object({
  version: z.number(),
  /** Of the recording. */
  fingerprint: z.string(),
  people: z.array(z.tuple([z.string(), z.array(person)])),
});
const sightingsRecord: RecordKind<z.infer<typeof sightings>> = {
  file: 'sightings.json',
  schema: sightings,
  upgrades: 'cache',
};

/** The book from an earlier attempt at this recording, or an empty one; kept in the workspace. */
export function keptSightings(workspace: Workspace, fingerprint: string): SightingsBook {
  const kept = workspace.read(sightingsRecord);
  const isOurs = kept?.version === version && kept.fingerprint === fingerprint;
  return sightingsBook(isOurs ? kept.people : [], (people) =>
    workspace.write(sightingsRecord, {
      version,
      fingerprint,
      people: people.map(([key, found]) => [key, [...found]]),
    }),
  );
}

export function dropSightings(workspace: Workspace): void {
  workspace.remove(sightingsRecord);
}
