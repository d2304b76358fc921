import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { it } from 'node:test';
import type { Fault } from '../../src/local-youtube/fault.ts';
import { sessionRecord } from '../../src/stages/upload/session-record.ts';
import { describeVideo } from '../../src/temporal/client/progress.ts';
import { atEnd } from '../support/clean-up.ts';
import { startRig, until } from '../support/rig.ts';
import { smallMatch } from '../support/small-match.ts';

/** All texts in an answer from Temporal, where what people and programs sent is kept as bytes. */
function textsOf(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.values(value).map(textsOf).join('\n');
}

it('no history, memo, heartbeat or file but its own names an upload session or a token', async (t) => {
  let fault: ((call: string | undefined) => Fault | undefined) | undefined;
  const rig = await startRig({ faults: ({ call }) => fault?.(call) });
  atEnd(t, () => rig.close());
  let stalled = false;
  fault = (call) => {
    if (call !== 'upload.chunk') return undefined;
    stalled = true;
    return { kind: 'stall', afterBytes: 100 };
  };
  const file = await smallMatch(path.join(rig.folder, 'input', 'md_AzBvsCzD.mov'), { seed: 921 });
  const handle = await rig.start(file, { selectionPolicy: 'best', selectionTimeoutSeconds: 0.01 });
  await until(handle, () => stalled, 'an upload under way');
  const [id = ''] = readdirSync(path.join(rig.folder, 'youtube', 'sessions')).map((name) => path.parse(name).name);
  assert.ok(id.length > 30, 'the session has an address');
  const secrets = [id, 'Bearer'];
  const isSilent = (text: string, where: string) => {
    for (const secret of secrets) assert.ok(!text.includes(secret), `${where} names ${secret}`);
  };

  let beats = '';
  while (!beats.includes('sent')) {
    const { raw } = await handle.describe();
    beats = textsOf(raw.pendingActivities);
    isSilent(textsOf(raw), 'memo or heartbeat');
  }
  const own = sessionRecord('local').file;
  const files = readdirSync(rig.folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.startsWith('youtube') && path.basename(name) !== own)
    .map((name) => path.join(rig.folder, name))
    .filter((name) => statSync(name).isFile());
  assert.ok(files.some((name) => path.basename(name) === 'badminton.db'));
  for (const name of files) isSilent(readFileSync(name, 'latin1'), name);
  const [session] = readdirSync(rig.folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(own));
  assert.ok(readFileSync(path.join(rig.folder, session ?? ''), 'utf8').includes(id), 'the one place where it stands');

  // It fails with a message and sleeps: all of that stays in the history.
  fault = (call) => (call?.startsWith('upload.') ? { kind: 'answer', status: 404 } : undefined);
  await rig.restartWorker();
  await until(handle, ({ waiting }) => waiting !== undefined, 'sleep');
  isSilent(JSON.stringify(await describeVideo(rig.client, handle.workflowId)), 'the description');
  const { events = [] } = await handle.fetchHistory();
  assert.ok(textsOf(events).includes('UPLOAD_OUTCOME_UNKNOWN'));
  isSilent(textsOf(events), 'the history');
});
