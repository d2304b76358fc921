import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { formats, kindOfWebhook } from '../../src/notify/formats/index.ts';
import type { WebhookRequest } from '../../src/notify/formats/request.ts';
import { cut, messageOf, type Picture } from '../../src/notify/message.ts';
import type { Notice } from '../../src/notify/notice.ts';

const picture: Picture = { name: 'frame.jpg', bytes: new Uint8Array([0xff, 0xd8, 0xff, 0xd9]) };
const studio = 'http://localhost:8089/';

function notice(
  index: number,
  name = `Đen/Tú vs <@everyone> & ${index}`,
  why = 'waits for you to choose its frame',
): Notice {
  const link = `${studio}videos/video-${index}`;
  const summary = `${name} ${why}`;
  return {
    key: `${index}`,
    kind: 'waiting',
    videoId: `video-${index}`,
    recording: 'x.mov',
    title: name,
    summary,
    text: `${summary}: ${link}`,
    link,
  };
}

const one = messageOf([notice(1)], studio);
const withPicture = messageOf([notice(1)], studio, picture);
const long = 'reason 🏸 '.repeat(1000);
const messages = {
  'one video': one,
  'one video with its frame': withPicture,
  'one with a very long reason': messageOf([notice(1, 'An vs Bo', long)], studio, picture),
  'a burst of ten': messageOf([notice(0), ...Array.from({ length: 9 }, (_, index) => notice(index + 1))], studio),
  'a burst of three hundred': messageOf(
    [notice(0), ...Array.from({ length: 299 }, (_, index) => notice(index + 1, long))],
    studio,
  ),
};

/** A form as its receiver reads it. */
const readForm = ({ headers, body }: WebhookRequest) => new Response(Buffer.from(body), { headers }).formData();
const readJson = ({ headers, body }: WebhookRequest) => {
  assert.equal(headers['content-type'], 'application/json');
  return JSON.parse(Buffer.from(body).toString());
};
const isForm = ({ headers }: WebhookRequest) => headers['content-type']?.startsWith('multipart/form-data; boundary=');
async function isThePicture(file: unknown): Promise<void> {
  assert.ok(file instanceof File);
  assert.deepEqual([file.type, file.name], ['image/jpeg', picture.name]);
  assert.deepEqual(new Uint8Array(await file.arrayBuffer()), picture.bytes);
}

const text = (most: number) => z.string().min(1).max(most);
/** Slack, "Sending messages using incoming webhooks"; Block Kit reference, "Section block", "Text object". */
const slackMessage = z.strictObject({
  text: text(40_000),
  blocks: z
    .array(
      z.strictObject({
        type: z.literal('section'),
        text: z.strictObject({ type: z.literal('mrkdwn'), text: text(3000) }),
      }),
    )
    .min(1)
    .max(50),
  unfurl_links: z.boolean(),
});
/** Discord, Webhook Resource, "Execute Webhook"; Message Resource, "Embed Object", "Allowed Mentions Object". */
const discordMessage = z.strictObject({
  content: text(2000),
  allowed_mentions: z.strictObject({ parse: z.array(z.enum(['roles', 'users', 'everyone'])) }),
  embeds: z
    .array(z.strictObject({ image: z.strictObject({ url: z.templateLiteral(['attachment://', z.string()]) }) }))
    .max(10)
    .optional(),
  attachments: z
    .array(z.strictObject({ id: z.int(), filename: z.string() }))
    .max(10)
    .optional(),
});
/** Telegram Bot API, `sendMessage`. */
const telegramMessage = z.strictObject({
  chat_id: text(100),
  text: text(4096),
  link_preview_options: z.strictObject({ is_disabled: z.boolean() }),
});

describe('what a webhook gets', () => {
  for (const [name, message] of Object.entries(messages)) {
    it(`of Slack: ${name}`, async () => {
      const value = slackMessage.parse(
        readJson(await formats.slack(message, 'https://hooks.slack.com/services/T/B/x')),
      );
      assert.ok(JSON.stringify(value).includes(message.link));
      // Slack would call everybody.
      assert.doesNotMatch(JSON.stringify(value), /<[@!]/);
    });

    it(`of Discord: ${name}`, async () => {
      const request = await formats.discord(message, 'https://discord.com/api/webhooks/1/x');
      assert.equal(isForm(request), message.picture !== undefined);
      const fields = isForm(request) ? await readForm(request) : undefined;
      const value = discordMessage.parse(fields ? JSON.parse(String(fields.get('payload_json'))) : readJson(request));
      assert.ok(value.content.includes(message.link));
      assert.deepEqual(value.allowed_mentions.parse, []);
      if (!fields) return;
      assert.deepEqual(value.embeds?.[0]?.image.url, `attachment://${picture.name}`);
      await isThePicture(fields.get('files[0]'));
    });

    it(`of a Telegram bot: ${name}`, async () => {
      const request = await formats.telegram(message, 'https://api.telegram.org/bot1:x/sendMessage?chat_id=-100123');
      if (!message.picture) {
        const value = telegramMessage.parse(readJson(request));
        assert.equal(request.address, 'https://api.telegram.org/bot1:x/sendMessage');
        assert.equal(value.chat_id, '-100123');
        assert.ok(value.text.includes(message.link));
        return;
      }
      assert.equal(request.address, 'https://api.telegram.org/bot1:x/sendPhoto');
      const fields = await readForm(request);
      assert.deepEqual([...fields.keys()].sort(), ['caption', 'chat_id', 'photo']);
      const caption = text(1024).parse(fields.get('caption'));
      assert.ok(caption.includes(message.link));
      await isThePicture(fields.get('photo'));
    });

    it(`of ntfy: ${name}`, async () => {
      const request = await formats.ntfy(message, 'https://ntfy.sh/our-club?priority=4');
      const { pathname, searchParams } = new URL(request.address);
      assert.deepEqual([pathname, searchParams.get('priority')], ['/our-club', '4']);
      assert.equal(searchParams.get('click'), message.link);
      const said = (message.picture ? searchParams.get('message') : Buffer.from(request.body).toString()) ?? '';
      assert.ok(said.includes(message.link));
      assert.ok(Buffer.byteLength(said) <= 4096, `${Buffer.byteLength(said)} bytes`);
      assert.equal(request.method, message.picture ? 'PUT' : 'POST');
      if (message.picture) assert.deepEqual(new Uint8Array(request.body), picture.bytes);
      // HTTP takes no other letters in a header.
      for (const value of Object.values(request.headers)) assert.match(value, /^[\x20-\x7e]*$/);
    });

    it(`in plain JSON: ${name}`, async () => {
      const value = readJson(await formats.json(message, 'https://example.org/hook'));
      assert.equal(value.link, message.link);
      assert.equal(value.notices.length, message.notices.length);
      assert.equal(value.content, value.text);
      assert.ok(value.text.length <= 2000);
      assert.ok(value.text.includes(message.link));
      assert.doesNotMatch(JSON.stringify(value), /"key"/);
    });
  }

  it('counts what does not fit', async () => {
    const { content } = readJson(await formats.discord(messages['a burst of three hundred'], 'https://discord.com/x'));
    assert.match(content, /^300 matches need you: .*\n/);
    assert.match(content, /… and \d+ more$/);
  });

  it('is not sent to a Telegram bot that knows no chat, and the reason names no address', async () => {
    const secret = 'https://api.telegram.org/bot1:secret/sendMessage';
    await assert.rejects(formats.telegram(one, secret), (error: Error) => {
      assert.match(error.message, /chat_id/);
      assert.doesNotMatch(error.message, /secret/);
      return true;
    });
  });
});

it('an address shows its service', () => {
  assert.equal(kindOfWebhook('https://hooks.slack.com/services/T/B/x'), 'slack');
  assert.equal(kindOfWebhook('https://discord.com/api/webhooks/1/x'), 'discord');
  assert.equal(kindOfWebhook('https://api.telegram.org/bot1:x/sendMessage?chat_id=1'), 'telegram');
  assert.equal(kindOfWebhook('https://ntfy.sh/our-club'), 'ntfy');
  assert.equal(kindOfWebhook('https://ntfy.example.org/our-club'), 'json');
});

it('a text is cut between characters that people see as one', () => {
  assert.equal(cut('An vs Bo', 8), 'An vs Bo');
  assert.equal(cut('An 👩‍👩‍👧 vs Bo', 8), 'An …');
});
