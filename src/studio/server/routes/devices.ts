import { zValidator } from '@hono/zod-validator';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { renderSVG } from 'uqr';
import { z } from 'zod';
import type { StudioEnv } from '../env.ts';
import { isAdministrator, requireAdministrator } from '../guard/may.ts';
import type { OpenSockets } from '../guard/open-sockets.ts';
import type { LinkWish, Pairing } from '../guard/pairing.ts';
import { isThisMachine } from '../guard/this-machine.ts';
import { largestBody } from '../limits.ts';
import { mistakes } from '../mistakes.ts';
import { notFound, RequestError } from '../problem.ts';

/** The devices that are paired. Administrators see and unpair all of them, any other device itself only. */
export function deviceRoutes(pairing: Pairing, sockets: OpenSockets) {
  return new Hono<StudioEnv>()
    .get('/', (c) => {
      const devices = pairing.devices().map((device) => ({ ...device, isThis: device.id === c.var.device }));
      return c.json({ devices: isAdministrator(c) ? devices : devices.filter(({ isThis }) => isThis) });
    })
    .delete('/:id', (c) => {
      const id = c.req.param('id');
      if (id !== c.var.device) requireAdministrator(c, 'Other devices can be unpaired');
      if (!pairing.unpair(id)) throw notFound('No such device is paired.');
      // After the answer to the device itself.
      setImmediate(() => sockets.close(id));
      return c.json({});
    });
}

const linkSchema = z.object({ administrator: z.boolean().optional() });

/** A new pairing link, and its code to scan, for who sits at this machine: a paired phone invites nobody. */
export function pairingLinkRoutes(newLink: (wish: LinkWish) => string | undefined) {
  return new Hono<StudioEnv>().post(
    '/',
    bodyLimit({ maxSize: largestBody }),
    zValidator('json', linkSchema, mistakes),
    (c) => {
      if (!isThisMachine(c))
        throw new RequestError(403, 'A pairing link can be made only on the machine that runs the studio.');
      const link = newLink(c.req.valid('json'));
      if (link === undefined) {
        throw new RequestError(
          409,
          'The running studio listens on this machine only.',
          'In the studio on that machine, press Paired devices, then Let paired devices in.',
        );
      }
      return c.json({ link, svg: renderSVG(link, { border: 3 }) });
    },
  );
}
