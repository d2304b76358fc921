import { Hono } from 'hono';
import { renderSVG } from 'uqr';
import type { StudioEnv } from '../env.ts';
import type { OpenSockets } from '../guard/open-sockets.ts';
import type { Pairing } from '../guard/pairing.ts';
import { isThisMachine } from '../guard/this-machine.ts';
import { notFound, RequestError } from '../problem.ts';

/** The devices that are paired. Who sits at this machine sees and unpairs all of them, a device itself only. */
export function deviceRoutes(pairing: Pairing, sockets: OpenSockets) {
  return new Hono<StudioEnv>()
    .get('/', (c) => {
      const devices = pairing.devices().map((device) => ({ ...device, isThis: device.id === c.var.device }));
      return c.json({ devices: isThisMachine(c) ? devices : devices.filter(({ isThis }) => isThis) });
    })
    .delete('/:id', (c) => {
      const id = c.req.param('id');
      if (!isThisMachine(c) && id !== c.var.device) {
        throw new RequestError(403, 'Other devices can be unpaired only on the machine that runs the studio.');
      }
      if (!pairing.unpair(id)) throw notFound('No such device is paired.');
      // After the answer to the device itself.
      setImmediate(() => sockets.close(id));
      return c.json({});
    });
}

/** A new pairing link, and its code to scan, for who sits at this machine: a paired phone invites nobody. */
export function pairingLinkRoutes(newLink: () => string | undefined) {
  return new Hono<StudioEnv>().post('/', (c) => {
    if (!isThisMachine(c))
      throw new RequestError(403, 'A pairing link can be made only on the machine that runs the studio.');
    const link = newLink();
    if (link === undefined) {
      throw new RequestError(
        409,
        'The running studio listens on this machine only. Stop it, and start it with --host: npm start -- --host',
      );
    }
    return c.json({ link, svg: renderSVG(link, { border: 3 }) });
  });
}
