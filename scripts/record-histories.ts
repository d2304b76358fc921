// Records workflow histories for test/temporal/replay.test.ts: `node scripts/record-histories.ts` records the kinds that
// this version lacks in `test/temporal/histories/VERSION/`, with names only those. What is recorded never changes, and a
// released version's folder stays for ever, so that its runs keep replaying. Names and paths are made neutral.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Rig, startRig } from '../test/support/rig.ts';
import { choices } from './histories/choices.ts';
import { continued, continuingWorkflow } from './histories/continued.ts';
import { hosts } from './histories/hosts.ts';
import { isRecorded, type Kind, recordKind } from './histories/recorder.ts';
import { earlierRevising, earlierRevisions, revisions } from './histories/revisions.ts';
import { early, gate, troubles } from './histories/troubles.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const folder = path.join(fileURLToPath(new URL('../test/temporal/histories/', import.meta.url)), version);
const wanted = process.argv.slice(2);
let seed = 700;

/** With one attempt, work that a stopped worker leaves reaches the workflow, and is not retried by the server. */
const oneAttempt = { BADMINTON_RETRY_ATTEMPTS: '1', BADMINTON_UPLOAD_RETRY_ATTEMPTS: '1' };
const oneAtATime = { BADMINTON_CPU_CONCURRENCY: '1', BADMINTON_UPLOAD_CONCURRENCY: '1' };

await recordAll(choices, {});
await recordAll(troubles, oneAttempt);
await recordAll(early, { ...oneAttempt, BADMINTON_UPLOAD_EARLY: 'on' });
await recordAll(hosts, { ...oneAtATime, BADMINTON_UPLOAD_EARLY: 'on' });
await recordAll(continued, {}, continuingWorkflow);
await recordAll(revisions, oneAttempt);
await recordAll(earlierRevisions, oneAttempt, earlierRevising);

/** @param workflow bundles another workflow in a folder, and returns the bundle's path */
async function recordAll(
  kinds: Record<string, Kind>,
  settings: Record<string, string>,
  workflow?: (folder: string) => Promise<string>,
): Promise<void> {
  const missing = Object.entries(kinds).map(([name, kind]) => ({ name, kind, seed: seed++ }));
  const due = missing.filter(({ name }) => (wanted.length === 0 || wanted.includes(name)) && !isRecorded(folder, name));
  if (due.length === 0) return;
  const scratch = mkdtempSync(path.join(tmpdir(), 'badminton-workflow-'));
  const bundle = await workflow?.(scratch);
  const rig: Rig = await startRig({ settings, around: gate.around, ...(bundle && { bundle }) });
  try {
    for (const { name, kind, seed } of due) {
      gate.set(undefined);
      await recordKind(rig, folder, name, kind, seed);
      console.log(name);
    }
  } finally {
    gate.set(undefined);
    await rig.close();
    rmSync(scratch, { recursive: true });
  }
}
