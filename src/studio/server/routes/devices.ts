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
const shownSchema = z.strictObject({ link: z.url().max(500) });

/** A new pairing link, its code to scan, and whether one still works, for who sits at this machine: a paired phone invites nobody. */
export function pairingLinkRoutes(newLink: (wish: LinkWish) => string | undefined, pairing: Pairing) {
  return new Hono<StudioEnv>()
    .use(bodyLimit({ maxSize: largestBody }), async (c, next) => {
      if (!isThisMachine(c))
        throw new RequestError(403, 'A pairing link can be made only on the machine that runs the studio.');
      await next();
    })
    .post('/', zValidator('json', linkSchema, mistakes), (c) => {
      const link = newLink(c.req.valid('json'));
      if (link === undefined) {
        throw new RequestError(
          409,
          'The running studio listens on this machine only.',
          'In the studio on that machine, press Paired devices, then Let paired devices in.',
        );
      }
      return c.json({ link, svg: renderSVG(link, { border: 3 }) });
    })
    .post('/check', zValidator('json', shownSchema, mistakes), (c) => {
      const code = new URL(c.req.valid('json').link).searchParams.get('code') ?? '';
      return c.json({ isValid: pairing.isPresent(code) });
    });
}
