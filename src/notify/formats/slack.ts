import { cut, listOf, type Message, textOf, titleOf } from '../message.ts';
import { type Format, json } from './request.ts';

/** Characters of a section's text (Slack, Block Kit reference, "Section block"). */
const mostOfSection = 3000;
const mostOfSummary = 700;

/**
 * An incoming webhook of Slack takes no file, and a picture only by a public address: the studio has none.
 * Slack, "Sending messages using incoming webhooks".
 */
export const slack: Format = async (message, address) =>
  json(address, {
    text: escaped(textOf(message, mostOfSection / 2)),
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text: marked(message) } }],
    unfurl_links: false,
  });

function marked(message: Message): string {
  const { notices, link } = message;
  const lines = notices.map(({ summary, link: own }) =>
    [escaped(cut(summary, mostOfSummary)), ...(own ? [`<${escaped(own)}|Open>`] : [])].join(' '),
  );
  if (notices.length === 1) return lines.join();
  return listOf(
    `*<${escaped(link)}|${titleOf(message)}>*`,
    lines.map((line) => `• ${line}`),
    mostOfSection,
  );
}

/** Slack, "Formatting text for app surfaces": these three characters, and no others. So a title can call nobody. */
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
