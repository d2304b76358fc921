import { Hono } from 'hono';
import type { StudioEnv } from '../env.ts';
import { requireAdministrator } from '../guard/may.ts';
import { isThisMachine } from '../guard/this-machine.ts';
import type { Network } from '../network.ts';
import { RequestError } from '../problem.ts';
import type { SettingsDesk } from '../settings-desk.ts';
import type { StudioParts } from '../studio-parts.ts';

const setting = 'BADMINTON_STUDIO_ON_NETWORK';

/** Whether paired devices reach the studio; letting them, and keeping them out, for who sits at this machine. */
export function networkRoutes({ settings }: StudioParts, network: Network) {
  const keep = async (value: 'yes' | 'no') => {
    const [mistake] = await settings.change({ [setting]: value });
    if (mistake) throw new RequestError(409, `${mistake.name} ${mistake.problem}.`);
    settings.hasApplied(setting);
  };
  return new Hono<StudioEnv>()
    .use(async (c, next) => {
      requireAdministrator(c, 'Whether the studio is on the network can be seen');
      await next();
    })
    .get('/', (c) => c.json({ isOpen: network.isOpen() }))
    .use(async (c, next) => {
      if (!isThisMachine(c))
        throw new RequestError(
          403,
          'The studio is put on the network, or taken off it, only on the machine that runs it.',
        );
      await next();
    })
    .post('/', async (c) => {
      if (network.isOpen()) return c.json({ isOpen: true });
      // What is fixed is refused before anything is done; the rest is kept once it is so.
      if (isFixed(settings)) await keep('yes');
      await network.open();
      await keep('yes').catch(async (error: unknown) => {
        await network.close();
        throw error;
      });
      return c.json({ isOpen: network.isOpen() });
    })
    .delete('/', async (c) => {
      if (!network.isOpen()) return c.json({ isOpen: false });
      await keep('no');
      await network.close();
      return c.json({ isOpen: network.isOpen() });
    });
}

const isFixed = (settings: SettingsDesk) =>
  settings
    .view()
    .groups.flatMap((group) => group.settings)
    .some(({ name, source }) => name === setting && source !== 'settings.json' && source !== 'default');
