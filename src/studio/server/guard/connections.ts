import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { deviceOf, isLoopback } from './this-machine.ts';

export interface ConnectionLimits {
  /** Connections at once. */
  readonly most: number;
  /** Of these, how many other devices may have together; the rest is kept for this machine. */
  readonly others: number;
  /** How many one of them may have. */
  readonly each: number;
  /** A body brings `leastBytes` in each window of so many milliseconds until it is whole, or is cut off. */
  readonly window: number;
  readonly leastBytes: number;
}

/** Lets no device keep others from the server: neither with many connections, nor with bodies that never end. */
export function limitConnections(server: Server, limits: ConnectionLimits): void {
  server.maxConnections = limits.most;
  limitDevices(server, limits);
  server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    if (incoming.headers['content-length'] || incoming.headers['transfer-encoding'])
      limitBody(incoming, outgoing, limits);
  });
}

function limitDevices(server: Server, { others, each }: ConnectionLimits): void {
  const open = new Map<string, number>();
  let all = 0;
  server.on('connection', (socket: Socket) => {
    const { remoteAddress = '' } = socket;
    if (isLoopback(remoteAddress)) return;
    const device = deviceOf(remoteAddress);
    const own = open.get(device) ?? 0;
    if (own >= each || all >= others) return socket.destroy();
    open.set(device, own + 1);
    all += 1;
    socket.once('close', () => {
      const left = (open.get(device) ?? 1) - 1;
      if (left > 0) open.set(device, left);
      else open.delete(device);
      all -= 1;
    });
    return undefined;
  });
}

/** Node's own `requestTimeout` is for a request of any size, and a recording may take hours. */
function limitBody(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { window, leastBytes }: ConnectionLimits,
): void {
  const { socket } = incoming;
  let before = socket.bytesRead;
  const clock = setInterval(() => {
    if (incoming.complete || socket.destroyed) return stop();
    // Once it is answered, nobody reads the rest.
    if (outgoing.writableEnded || socket.bytesRead - before < leastBytes) socket.destroy();
    before = socket.bytesRead;
  }, window);
  // A kept connection has many bodies.
  const stop = () => {
    clearInterval(clock);
    socket.off('close', stop);
  };
  socket.once('close', stop);
  incoming.once('end', stop);
}
