import { textOf } from '../message.ts';
import { type Format, json } from './request.ts';

/** Characters of the sentence, which services of every kind show. */
const most = 2000;

/**
 * JSON for programs: the fields of the first notice, all `notices`, and the sentence as `text`, which Mattermost shows as
 * Slack does.
 */
export const plain: Format = async (message, address) => {
  const [first] = message.notices;
  const text = textOf(message, most);
  const notices = message.notices.map(({ key: _, ...notice }) => notice);
  const { key: _, ...fields } = first;
  return json(address, { ...fields, link: message.link, text, content: text, notices });
};
