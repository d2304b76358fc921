import { request } from 'node:https';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { asking } from '../../src/studio/server/machines/trust.ts';

export interface Said {
  /** 0: no request was answered. */
  readonly status: number;
  readonly text: string;
}

interface Wishes {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** Asks the port for other machines as one that knows `key`; with `trust`, in any other way. */
export function askAsMachine(
  port: number,
  trust: Partial<ReturnType<typeof asking>>,
  target: string,
  { method = 'GET', headers = {}, body }: Wishes,
): Promise<Said> {
  return new Promise((resolve) => {
    const asked = request(
      { ...trust, host: '127.0.0.1', port, path: target, method, headers, agent: false },
      (answer) => {
        let text = '';
        answer.setEncoding('latin1').on('data', (part) => {
          text += part;
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
      },
    );
    asked.once('error', ({ message }) => resolve({ status: 0, text: message }));
    asked.end(body);
  });
}

/** A stranger on the network between two machines, who keeps what the first one sends. */
export async function wireTap(port: number): Promise<{ port: number; heard: () => Buffer; close(): Promise<void> }> {
  const parts: Buffer[] = [];
  const sockets: Socket[] = [];
  const server = createServer((from) => {
    const to = connect(port, '127.0.0.1');
    from.on('data', (part) => parts.push(part));
    from.pipe(to).pipe(from);
    for (const socket of [from, to]) socket.on('error', () => from.destroy());
    sockets.push(from, to);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    heard: () => Buffer.concat(parts),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Sends bytes as they are; the kinds of TLS records that come back (RFC 5246, 6.2.1): 23 is an answer, 21 an alert. */
export function replay(port: number, bytes: Buffer): Promise<number[]> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (part) => parts.push(part)).on('error', () => undefined);
    socket.once('close', () => {
      const all = Buffer.concat(parts);
      const kinds: number[] = [];
      for (let at = 0; at + 5 <= all.length; at += 5 + all.readUInt16BE(at + 3)) kinds.push(all[at] as number);
      resolve(kinds);
    });
  });
}
