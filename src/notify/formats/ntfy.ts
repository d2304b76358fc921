import { cut, textOf, titleOf } from '../message.ts';
import type { Format } from './request.ts';

/** Bytes of a message; ntfy makes a file of a longer one (ntfy, "Limitations"). A character has at most three. */
const mostOfMessage = Math.floor(4096 / 3);
const mostOfTitle = 200;

/**
 * Everything but the picture is in the address (ntfy, "Publishing", "List of all parameters"), because a header takes no
 * letter beyond ASCII.
 */
export const ntfy: Format = async (message, address) => {
  const { picture, link } = message;
  const url = new URL(address);
  url.searchParams.set('title', cut(titleOf(message), mostOfTitle));
  if (link) url.searchParams.set('click', link);
  const text = textOf(message, mostOfMessage);
  if (!picture) {
    return { address: url.href, method: 'POST', headers: { 'content-type': 'text/plain' }, body: Buffer.from(text) };
  }
  url.searchParams.set('message', text);
  url.searchParams.set('filename', picture.name);
  return { address: url.href, method: 'PUT', headers: { 'content-type': 'image/jpeg' }, body: picture.bytes };
};
