import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { thisHost } from '../../src/app/host.ts';
import { quotaReset } from '../../src/domain/quota.ts';
import {
  activityRecord,
  cleanupRecord,
  preparedRecord,
  publicationRecord,
  rankingRecord,
  selectionRecord,
  thumbnailRecord,
} from '../../src/stages/records.ts';
import { sessionRecord } from '../../src/stages/upload/session-record.ts';
import { openPairing } from '../../src/studio/server/guard/pairing.ts';
import type { PublishTarget } from '../../src/workspace/ledger.ts';
import { migrations } from '../../src/workspace/migrations.ts';
import type { RecordKind } from '../../src/workspace/record.ts';
import { openStore } from '../../src/workspace/store.ts';
import { openWorkspace } from '../../src/workspace/workspace.ts';
import { atEnd } from '../support/clean-up.ts';
import { recordedFolder } from '../support/recorded-folder.ts';
import { allRows, type Row } from './all-rows.ts';

const limits = { units: 10_000, uploads: 100 };

describe('a data folder from before there were versions', () => {
  it('keeps every row of its database, as the program reads it', async (t) => {
    const { dataFolder, recordedAt } = await recordedFolder(t);
    const before = allRows(dataFolder);
    assert.equal(before.version, 0);
    const rows = (table: string) => {
      const found = before.tables[table] ?? [];
      assert.ok(found.length > 0, `${table} was recorded`);
      // What a column holds is defined by the tables of that time.
      // biome-ignore lint/suspicious/noExplicitAny: as above
      return found as Record<string, any>[];
    };

    const store = openStore(dataFolder, () => recordedAt);
    atEnd(t, () => store.close());
    const publications = rows('publications').map(camelCase).sort(by('publishedAt'));
    assert.deepEqual(
      store.ledger.all().map((each) => ({ ...each })),
      publications,
    );
    for (const { path: file, fingerprint } of rows('recordings')) {
      assert.equal(await store.recordings.fingerprint(file), fingerprint);
    }
    for (const { video_id, workflow_id } of rows('claims')) assert.equal(store.claims.owner(video_id), workflow_id);
    for (const { video_id, target, sent, unknown_since } of rows('uploads')) {
      const { unknownSince = null, ...upload } = store.uploads.find(video_id, target) ?? {};
      assert.deepEqual([upload, unknownSince], [{ sent }, unknown_since]);
    }
    for (const { video_id, target, followed } of rows('upload_orders')) {
      assert.equal(store.uploads.lastOrder(video_id, target), followed);
    }
    for (const { title, target, playlist_id } of rows('playlists')) {
      assert.equal(store.playlists.find(title, target)?.playlistId, playlist_id);
    }
    for (const { key, channel } of rows('told')) assert.equal(store.told.take(key, channel), false, 'it is told once');
    // Nobody else had the database open, so the holders had ended; by which clock, nobody asks any more.
    for (const { video_id } of rows('attempts')) assert.equal(store.fence.isBusy(video_id, 15), false);
    assert.equal(store.createdAt, rows('birth')[0]?.at);

    for (const target of ['local', 'youtube'] as const satisfies readonly PublishTarget[]) {
      const of = (table: string) => rows(table).filter((row) => row.target === target);
      const { units, uploads } = of('quota_spent')[0] ?? {};
      const until = of('quota_refusals')[0]?.until;
      assert.deepEqual(store.quota.today(target, limits), {
        limits,
        spent: { units, uploads },
        reserved: { units: sum(of('quota_reserved'), 'units'), uploads: sum(of('quota_reserved'), 'uploads') },
        waiting: of('quota_queue').length,
        resetsAt: new Date(quotaReset(recordedAt)).toISOString(),
        ...(until && { refusedUntil: new Date(until).toISOString() }),
      });
    }
    const tables = { ...before.tables, attempts: [], pick_ups: [] };
    assert.deepEqual(allRows(dataFolder), { version: migrations.length, tables });
  });

  it('keeps the records of its workspaces; rewritten ones state their version', async (t) => {
    const { dataFolder } = await recordedFolder(t);
    const kinds: RecordKind<object>[] = [
      ...[preparedRecord, rankingRecord, activityRecord, selectionRecord, thumbnailRecord, cleanupRecord],
      ...[publicationRecord('local'), publicationRecord('youtube'), sessionRecord('youtube')],
    ];
    const root = path.join(dataFolder, 'workspaces');
    const files = readdirSync(root).flatMap((id) => readdirSync(path.join(root, id)).map((file) => ({ id, file })));
    assert.deepEqual(new Set(files.map(({ file }) => file)), new Set(kinds.map(({ file }) => file)));
    for (const { id, file } of files) {
      const workspace = openWorkspace(root, id, (write) => write());
      const text = () => JSON.parse(readFileSync(workspace.path(file), 'utf8'));
      const kind = kinds.find((each) => each.file === file) ?? assert.fail(file);
      const before = text();
      const record = workspace.read(kind) ?? assert.fail(file);
      // A record may contain more than is read back.
      assert.partialDeepStrictEqual(before, record);
      workspace.write(kind, record);
      assert.deepEqual(text(), { version: 1, ...record });
      assert.deepEqual(workspace.read(kind), record);
      if (kind.secret) assert.equal(statSync(workspace.path(file)).mode & 0o777, 0o600);
    }
  });

  it('keeps its phone paired, even after another one is paired', async (t) => {
    const { dataFolder, phone, recordedAt } = await recordedFolder(t);
    const studio = path.join(dataFolder, 'studio');
    const open = () =>
      openPairing(
        studio,
        () => {},
        () => recordedAt,
      );
    const pairing = open();
    assert.ok(pairing.deviceOf(phone));
    const another = pairing.redeem(pairing.newCode());
    for (const session of [phone, another]) assert.ok(open().deviceOf(session));
    const file = path.join(studio, 'sessions.json');
    assert.equal(JSON.parse(readFileSync(file, 'utf8')).version, 4);
    assert.equal(statSync(file).mode & 0o777, 0o600);
  });

  it('keeps the id of its machine', async (t) => {
    const { dataFolder } = await recordedFolder(t);
    const id = readFileSync(path.join(dataFolder, 'host-id'), 'utf8').trim();
    assert.equal(thisHost(dataFolder).id, id);
  });
});

const camelCase = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name.replace(/_(.)/g, (_, letter) => letter.toUpperCase()), value]),
  );
const by = (name: string) => (a: Row, b: Row) => String(a[name]).localeCompare(String(b[name]));
const sum = (rows: readonly Row[], name: string) => rows.reduce((total, row) => total + Number(row[name]), 0);
