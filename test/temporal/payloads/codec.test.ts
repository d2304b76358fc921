import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import {
  ActivityFailure,
  ApplicationFailure,
  defaultPayloadConverter,
  type Payload,
  type PayloadCodec,
} from '@temporalio/common';
import { loadDataConverter } from '@temporalio/common/lib/internal-non-workflow/index.js';
import { readConfig } from '../../../src/app/config.ts';
import { payloadConverter } from '../../../src/app/payload-converter.ts';
import { UsageError } from '../../../src/app/usage-error.ts';
import { encryptingCodec } from '../../../src/temporal/payloads/encrypting-codec.ts';
import { GuardedCodec } from '../../../src/temporal/payloads/guarded-codec.ts';
import { readKeyFile } from '../../../src/temporal/payloads/key-file.ts';
import { UnreadablePayloadError } from '../../../src/temporal/payloads/unreadable.ts';
import { explain } from '../../../src/temporal/workflows/explain-failure.ts';
import { temporaryFolder } from '../../support/clean-up.ts';

const newKey = () => randomBytes(32).toString('base64');
const secret = { videoPath: '/hall/ms_Quokka.mov', title: 'Nguyễn Đức' };
const payloads = [secret, 'text', undefined, new Uint8Array([0, 255])].map((value) =>
  defaultPayloadConverter.toPayload(value),
);

async function keyFile(t: TestContext, ...lines: string[]): Promise<string> {
  const file = path.join(await temporaryFolder(t), 'keys');
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
  return file;
}

const guarded = (file: string) => new GuardedCodec(encryptingCodec(readKeyFile(file)));
const bytesOf = (all: readonly Payload[]) => all.map(({ data }) => Buffer.from(data ?? []).toString('latin1')).join();
const values = (all: readonly Payload[]) => all.map((payload) => defaultPayloadConverter.fromPayload<unknown>(payload));
const isUnreadable = (words: RegExp) => (error: Error) => {
  assert.ok(error instanceof UnreadablePayloadError, String(error));
  assert.match(error.message, words);
  return true;
};

describe('payloads with a key', () => {
  it('come back as they were, are different each time, and show nothing', async (t) => {
    const codec = guarded(await keyFile(t, '# of the club', '', `k1 ${newKey()}`));
    const [encoded, again] = await Promise.all([codec.encode(payloads), codec.encode(payloads)]);
    assert.deepEqual(values(await codec.decode(encoded)), values(payloads));
    assert.doesNotMatch(bytesOf(encoded), /Quokka|json|text/);
    assert.notEqual(bytesOf(encoded), bytesOf(again));
    const named = encoded.map(({ metadata }) => Buffer.from(metadata?.['encryption-key-id'] ?? []).toString());
    assert.deepEqual([...new Set(named)], ['k1']);
    // IV and tag around the encoded message, as Temporal's samples do.
    const [first] = payloads;
    assert.ok((encoded[0]?.data?.length ?? 0) > (first?.data?.length ?? 0) + 28);
  });

  it('are refused where anything in them was changed', async (t) => {
    const codec = guarded(await keyFile(t, `k1 ${newKey()}`));
    const [encoded] = await codec.encode(payloads);
    const data = Buffer.from(encoded?.data ?? []);
    for (const place of [0, 12, data.length - 1]) {
      const changed = Buffer.from(data);
      changed[place] = (changed[place] ?? 0) ^ 1;
      await assert.rejects(codec.decode([{ ...encoded, data: changed }]), isUnreadable(/"k1".*it was damaged/));
    }
    for (const length of [0, 5, 27, data.length - 1]) {
      await assert.rejects(codec.decode([{ ...encoded, data: data.subarray(0, length) }]), isUnreadable(/"k1"/));
    }
  });

  it('name the key that is missing, and do not take another of the same name', async (t) => {
    const [one, two] = [await keyFile(t, `k1 ${newKey()}`), await keyFile(t, `k1 ${newKey()}`)];
    const encoded = await guarded(one).encode(payloads);
    await assert.rejects(guarded(two).decode(encoded), isUnreadable(/another machine has another key of that name/));
    const other = guarded(await keyFile(t, `k2 ${newKey()}`));
    await assert.rejects(other.decode(encoded), isUnreadable(/"k1", which this machine does not have.*KEY_FILE/));
    await assert.rejects(new GuardedCodec().decode(encoded), isUnreadable(/"k1".*BADMINTON_PAYLOAD_KEY_FILE/));
  });

  it('are read with former keys and written with the first one', async (t) => {
    const [older, newer] = [`2026 ${newKey()}`, `2027 ${newKey()}`];
    const [before, after] = [guarded(await keyFile(t, older)), guarded(await keyFile(t, newer, older))];
    const kept = await before.encode(payloads);
    assert.deepEqual(values(await after.decode(kept)), values(payloads));
    await assert.rejects(before.decode(await after.encode(payloads)), isUnreadable(/"2027"/));
  });

  it('are read beside those of before, and of clients without a key', async (t) => {
    const heard: string[] = [];
    const codec = guarded(await keyFile(t, `k1 ${newKey()}`)).telling(({ message }) => heard.push(message));
    const [encoded] = await codec.encode(payloads);
    const mixed = [...payloads, ...(encoded ? [encoded] : [])];
    assert.deepEqual(values(await codec.decode(mixed)), [...values(payloads), secret]);
    assert.equal(await new GuardedCodec().encode(payloads), payloads);
    assert.deepEqual(heard, []);
    const odd = { metadata: { encoding: Buffer.from('binary/odd') }, data: Buffer.from('x') };
    await assert.rejects(codec.decode([odd]), isUnreadable(/in a way that this machine cannot decode/));
    assert.equal(heard.length, 1);
  });
});

it('an activity on a machine without the key fails with a code, and what to do, which helps', async (t) => {
  const [first, second] = [`k1 ${newKey()}`, `k2 ${newKey()}`];
  const encoded = await guarded(await keyFile(t, first)).encode(payloads);
  await assert.rejects(guarded(await keyFile(t, second)).decode(encoded), isUnreadable(/key "k1"/));
  assert.deepEqual(values(await guarded(await keyFile(t, second, first)).decode(encoded)), values(payloads));
  const message = 'Failed to parse activity args: it is encrypted with the key "k1"';
  const cause = ApplicationFailure.fromError(new UnreadablePayloadError('k1'), { message });
  const failure = new ActivityFailure('failed', 'rankThumbnailsActivity', '1', 'MAXIMUM_ATTEMPTS_REACHED', 'x', cause);
  const { code, action, reason } = explain('RANKING', failure);
  assert.deepEqual([code, reason], ['PAYLOAD_UNREADABLE', message]);
  assert.match(action, /the missing key.*retry/);
});

describe('the file with the keys', () => {
  const refuses = async (file: string, words: RegExp) => {
    const config = readConfig({ BADMINTON_PAYLOAD_KEY_FILE: file }, '/club');
    await assert.rejects(payloadConverter(config), (error: Error) => {
      assert.ok(error instanceof UsageError);
      assert.match(error.message, /^BADMINTON_PAYLOAD_KEY_FILE cannot be used\. /);
      assert.match(error.message, words);
      return true;
    });
  };

  it('is refused in words that show no key', async (t) => {
    const key = newKey();
    const open = await keyFile(t, `k1 ${key}`);
    chmodSync(open, 0o640);
    await refuses(open, /can be read by other users\. Run: chmod 600 /);
    await refuses(path.join(path.dirname(open), 'missing'), /There is no file /);
    await refuses(path.dirname(await keyFile(t)), /cannot be read: EISDIR/);
    await refuses(await keyFile(t, '# none'), /has no key/);
    await refuses(await keyFile(t, `k1 ${key}`, `k1 ${newKey()}`), /two keys of the name k1/);
    const wrong = [key, `k1 ${key.slice(4)}`, `k1 ${randomBytes(16).toString('base64')}`, `k 1 ${key}`];
    for (const line of wrong) {
      await refuses(await keyFile(t, `good ${newKey()}`, line), /, line 2, is no key\. A key is a name/);
      await assert.rejects(payloadConverter(readConfig({ BADMINTON_PAYLOAD_KEY_FILE: await keyFile(t, line) }, '/')), {
        message: new RegExp(`^(?!.*${key.slice(6, 20).replaceAll('+', '\\+')})`, 's'),
      });
    }
  });

  it('excludes a codec of your own', () => {
    const both = { BADMINTON_PAYLOAD_KEY_FILE: 'keys', BADMINTON_PAYLOAD_CODEC: 'codec.js' };
    assert.throws(() => readConfig(both, '/club'), /PAYLOAD_KEY_FILE and BADMINTON_PAYLOAD_CODEC exclude each other/);
  });
});

describe('a codec of your own', () => {
  const load = async (t: TestContext, code: string) => {
    const file = path.join(await temporaryFolder(t), 'codec.mjs');
    writeFileSync(file, code);
    return payloadConverter(readConfig({ BADMINTON_PAYLOAD_CODEC: file }, '/club'));
  };
  const turned = (encoding: string) => `
    const turn = (data) => Uint8Array.from(data, (byte) => byte ^ 85);
    export const payloadCodec = {
      encode: async (all) => all.map(({ data, metadata }) =>
        ({ metadata: { encoding: Buffer.from('${encoding}'), was: metadata.encoding }, data: turn(data ?? []) })),
      decode: async (all) => all.map(({ data, metadata }) =>
        ({ metadata: { encoding: metadata.was }, data: turn(data) })),
    };`;

  it('encodes payloads and failures, and leaves plain ones alone', async (t) => {
    const converter = await load(t, turned('binary/turned'));
    const [codec]: [PayloadCodec] = converter.payloadCodecs;
    const encoded = await codec.encode(payloads.slice(0, 2));
    assert.doesNotMatch(bytesOf(encoded), /Quokka/);
    assert.deepEqual(values(await codec.decode([...encoded, ...payloads])), [
      ...values(payloads.slice(0, 2)),
      ...values(payloads),
    ]);
    const { failureConverter, payloadConverter: plain } = loadDataConverter(converter);
    const failure = failureConverter.errorToFailure(new Error('no /hall/ms_Quokka.mov'), plain);
    assert.doesNotMatch(JSON.stringify({ ...failure, encodedAttributes: undefined }), /Quokka/);
    assert.match(failureConverter.failureToError(failure, plain).message, /Quokka/);
  });

  it('is refused where it cannot work', async (t) => {
    await assert.rejects(
      load(t, 'export const codec = {};'),
      /BADMINTON_PAYLOAD_CODEC cannot be used.*exports no payloadCodec/,
    );
    await assert.rejects(load(t, 'throw new Error("no vault");'), /cannot be loaded: no vault/);
    await assert.rejects(load(t, turned('json/plain')), /has no encoding of its own/);
    await assert.rejects(load(t, turned('binary/turned').replace('^ 85', '+ 1')), /does not work/);
  });
});
