import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Publication } from '../../src/workspace/ledger.ts';
import { openStore } from '../../src/workspace/store.ts';
import { temporaryFolder } from '../support/clean-up.ts';

const published: Publication = {
  fingerprint: 'f'.repeat(64),
  target: 'youtube',
  youtubeId: 'abc',
  watchUrl: 'https://www.youtube.com/watch?v=abc',
  title: 'Đen/Tú vs Huy/Hạ | Cafe Game (2024-12-15)',
  recording: 'md_ĐenzTúvsHuyzHạ.mov',
  publishedAt: '2024-12-15T12:00:00.000Z',
};

describe('the ledger', () => {
  it('keeps a publication permanently, even across a restart', async (t) => {
    const folder = await temporaryFolder(t);
    const before = openStore(folder);
    before.ledger.enter(published);
    before.close();
    const after = openStore(folder);
    assert.deepEqual({ ...after.ledger.find(published.fingerprint, 'youtube') }, published);
    assert.equal(after.ledger.find('0'.repeat(64), 'youtube'), undefined);
    after.close();
  });

  it('keeps the first entry, and keeps a rehearsal apart from the real publish', async (t) => {
    const { ledger, close } = openStore(await temporaryFolder(t));
    const rehearsal: Publication = { ...published, target: 'local', youtubeId: 'local-1' };
    ledger.enter(rehearsal);
    assert.equal(ledger.find(published.fingerprint, 'youtube'), undefined);
    ledger.enter(published);
    ledger.enter({ ...published, youtubeId: 'second', title: 'Another' });
    assert.equal(ledger.find(published.fingerprint, 'youtube')?.youtubeId, 'abc');
    assert.equal(ledger.find(published.fingerprint, 'local')?.youtubeId, 'local-1');
    ledger.enter({ ...published, fingerprint: 'e'.repeat(64), publishedAt: '2024-12-01T00:00:00.000Z' });
    assert.deepEqual(
      ledger
        .all()
        .map(({ fingerprint, target }) => `${fingerprint[0]} ${target}`)
        .slice(0, 1),
      ['e youtube'],
      'the oldest first',
    );
    assert.equal(ledger.all().length, 3);
    close();
  });
});
