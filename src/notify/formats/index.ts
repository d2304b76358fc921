import { discord } from './discord.ts';
import { ntfy } from './ntfy.ts';
import { plain } from './plain.ts';
import type { Format } from './request.ts';
import { slack } from './slack.ts';
import { telegram } from './telegram.ts';

export const webhookKinds = ['json', 'slack', 'discord', 'telegram', 'ntfy'] as const;
export type WebhookKind = (typeof webhookKinds)[number];

export const formats: Readonly<Record<WebhookKind, Format>> = { json: plain, slack, discord, telegram, ntfy };

const hosts: Readonly<Record<string, WebhookKind>> = {
  'hooks.slack.com': 'slack',
  'discord.com': 'discord',
  'discordapp.com': 'discord',
  'api.telegram.org': 'telegram',
  'ntfy.sh': 'ntfy',
};

/** The service behind an address; `json` if it is none that is known. */
export const kindOfWebhook = (address: string): WebhookKind => hosts[new URL(address).hostname] ?? 'json';
