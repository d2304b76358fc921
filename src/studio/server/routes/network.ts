import { Hono } from 'hono';
import type { StudioEnv } from '../env.ts';
import { requireAdministrator } from '../guard/may.ts';
import { isThisMachine } from '../guard/this-machine.ts';
import type { Network } from '../network.ts';
import { RequestError } from '../problem.ts';
import type { StudioParts } from '../studio-parts.ts';

const setting = 'BADMINTON_STUDIO_ON_NETWORK';

/** Whether paired devices reach the studio, and letting them, for who sits at this machine. */
export function networkRoutes({ settings }: StudioParts, network: Network) {
  return new Hono<StudioEnv>()
    .use(async (c, next) => {
      requireAdministrator(c, 'Whether the studio is on the network can be seen');
      await next();
    })
    .get('/', (c) => c.json({ isOpen: network.isOpen() }))
    .post('/', async (c) => {
      if (!isThisMachine(c))
        throw new RequestError(403, 'The studio is put on the network only on the machine that runs it.');
      if (network.isOpen()) return c.json({ isOpen: true });
      const [mistake] = await settings.change({ [setting]: 'yes' });
      if (mistake) throw new RequestError(409, `${mistake.name} ${mistake.problem}.`);
      await network.open();
      settings.hasApplied(setting);
      return c.json({ isOpen: network.isOpen() });
    });
}
