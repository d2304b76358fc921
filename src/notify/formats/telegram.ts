import { textOf } from '../message.ts';
import { asFile, type Format, form, json } from './request.ts';

/** Characters (Telegram Bot API, `sendMessage` and `sendPhoto`). */
const mostOfText = 4096;
const mostOfCaption = 1024;

/** The chat that an address such as `https://api.telegram.org/bot…/sendMessage?chat_id=…` names. */
export const chatOf = (address: string): string | undefined =>
  new URL(address).searchParams.get('chat_id') || undefined;

/** No mark-up, so no character has to be escaped. @throws Error if the address names no chat */
export const telegram: Format = async (message, address) => {
  const chat = chatOf(address);
  if (chat === undefined) throw new Error('its address names no chat: it ends with ?chat_id=…');
  const { picture } = message;
  if (!picture) {
    return json(method(address, 'sendMessage'), {
      chat_id: chat,
      text: textOf(message, mostOfText),
      link_preview_options: { is_disabled: true },
    });
  }
  const fields = new FormData();
  fields.set('chat_id', chat);
  fields.set('caption', textOf(message, mostOfCaption));
  fields.set('photo', asFile(picture));
  return form(method(address, 'sendPhoto'), fields);
};

/** The address of another method of the same bot. */
function method(address: string, name: string): string {
  const url = new URL(address);
  url.pathname = url.pathname.replace(/\/[^/]*$/, `/${name}`);
  url.search = '';
  return url.href;
}
