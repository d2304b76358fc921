import { createServer, type Server, Socket } from 'node:net';
import { Transform } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

/** A network between a browser and a server on this machine, that can be slow, break, and freeze without breaking. */
export interface BadNetwork {
  readonly port: number;
  /** Bytes a second towards the server. */
  speed: number;
  /** Nothing passes any more, and no connection ends. */
  freeze(): void;
  thaw(): void;
  /** Ends all connections. */
  cut(): void;
  close(): Promise<void>;
}

export async function startBadNetwork(target: () => number): Promise<BadNetwork> {
  const sockets = new Set<Socket>();
  let thawed = Promise.resolve();
  let thaw = () => {};
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
    return socket;
  };
  const passing = (isSlow: boolean) =>
    new Transform({
      highWaterMark: 16 * 1024,
      async transform(chunk: Buffer, _encoding, done) {
        if (isSlow && Number.isFinite(network.speed)) await sleep((chunk.length / network.speed) * 1000);
        await thawed;
        done(null, chunk);
      },
    });
  const server: Server = createServer({ highWaterMark: 16 * 1024 }, (near) => {
    const far = keep(new Socket().connect(target(), '127.0.0.1'));
    keep(near).pipe(passing(true)).pipe(far);
    far.pipe(passing(false)).pipe(near);
    near.once('close', () => far.destroy());
    far.once('close', () => near.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const network: BadNetwork = {
    port: (server.address() as { port: number }).port,
    speed: Number.POSITIVE_INFINITY,
    freeze() {
      const ice = Promise.withResolvers<void>();
      thawed = ice.promise;
      thaw = ice.resolve;
    },
    thaw: () => thaw(),
    cut() {
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      thaw();
      const closed = new Promise((done) => server.close(done));
      network.cut();
      await closed;
    },
  };
  return network;
}
