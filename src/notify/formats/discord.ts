import { textOf } from '../message.ts';
import { asFile, type Format, form, json } from './request.ts';

/** Characters of `content` (Discord, Webhook Resource, "Execute Webhook"). */
const most = 2000;

/** With a picture it is a form, as in Discord's reference, "Uploading Files". */
export const discord: Format = async (message, address) => {
  const { picture } = message;
  // A match named after `@everyone` calls nobody.
  const said = { content: textOf(message, most), allowed_mentions: { parse: [] } };
  if (!picture) return json(address, said);
  const fields = new FormData();
  const embeds = [{ image: { url: `attachment://${picture.name}` } }];
  fields.set('payload_json', JSON.stringify({ ...said, embeds, attachments: [{ id: 0, filename: picture.name }] }));
  fields.set('files[0]', asFile(picture));
  return form(address, fields);
};
