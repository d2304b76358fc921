import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StageError } from '../../domain/errors.ts';

/**
 * @param host undefined: on every network of this machine
 * @param setting by which another port is set
 * @returns the port; of 0, the one that was free
 * @throws StageError PORT_IN_USE
 */
export function listen(server: Server, host: string | undefined, port: number, setting: string): Promise<number> {
  return new Promise((listening, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      fail(error.code === 'EADDRINUSE' ? portInUse(port, setting) : error),
    );
    server.listen(port, host, () => listening((server.address() as AddressInfo).port));
  });
}

function portInUse(port: number, setting: string): StageError {
  return new StageError('PORT_IN_USE', `The studio cannot start: port ${port} is in use.`, {
    remedy: 'fix',
    action: `Stop the program that uses port ${port}, or set another port with ${setting}.`,
  });
}
