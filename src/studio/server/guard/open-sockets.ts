import type { Socket } from 'node:net';

/** The connections by which devices are here at the moment: one that is unpaired must not keep its live stream. */
export interface OpenSockets {
  add(device: string, socket: Socket): void;
  close(device: string): void;
}

export function createOpenSockets(): OpenSockets {
  const open = new Map<string, Set<Socket>>();
  return {
    add(device, socket) {
      const own = open.get(device) ?? new Set();
      open.set(device, own);
      if (own.has(socket)) return;
      own.add(socket);
      socket.once('close', () => {
        own.delete(socket);
        if (own.size === 0 && open.get(device) === own) open.delete(device);
      });
    },
    close(device) {
      for (const socket of open.get(device) ?? []) socket.destroy();
    },
  };
}
