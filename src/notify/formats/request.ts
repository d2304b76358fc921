import type { Message, Picture } from '../message.ts';

/** What is sent to a webhook. */
export interface WebhookRequest {
  readonly address: string;
  readonly method: 'POST' | 'PUT';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Writes a message as a service wants it, for the webhook at an address. */
export type Format = (message: Message, address: string) => Promise<WebhookRequest>;

export const json = (address: string, value: object): WebhookRequest => ({
  address,
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify(value)),
});

/** A form with files (RFC 7578). */
export async function form(address: string, fields: FormData): Promise<WebhookRequest> {
  const written = new Response(fields);
  return {
    address,
    method: 'POST',
    headers: { 'content-type': written.headers.get('content-type') ?? '' },
    body: new Uint8Array(await written.arrayBuffer()),
  };
}

export const asFile = ({ bytes, name }: Picture): File => new File([bytes], name, { type: 'image/jpeg' });
