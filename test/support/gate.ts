import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A network path to a server that can be cut off. */
export interface Gate {
  readonly address: string;
  /** Breaks all connections and accepts no new ones. */
  shut(): Promise<void>;
  /** Lets connections through again, at the same address. */
  open(): Promise<void>;
}

/** @param address `host:port` of the server behind it */
export async function openGate(address: string): Promise<Gate> {
  const [host, behind] = address.split(':') as [string, string];
  const sockets = new Set<Socket>();
  let server: Server;
  let port = 0;
  const keep = (socket: Socket, other: () => Socket) => {
    sockets.add(socket);
    socket
      .on('error', () => undefined)
      .on('close', () => {
        sockets.delete(socket);
        other().destroy();
      });
  };
  const open = async () => {
    server = createServer((inner) => {
      const outer = connect(Number(behind), host);
      keep(inner, () => outer);
      keep(outer, () => inner);
      inner.pipe(outer).pipe(inner);
    });
    await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
    port = (server.address() as AddressInfo).port;
  };
  await open();
  return {
    address: `127.0.0.1:${port}`,
    open,
    async shut() {
      const closed = new Promise((done) => server.close(done));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
