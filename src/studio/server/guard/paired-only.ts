import { Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import { html } from 'hono/html';
import type { StudioEnv } from '../env.ts';
import { RequestError } from '../problem.ts';
import { simplePage } from '../simple-page.ts';
import { deviceName } from './device-name.ts';
import type { OpenSockets } from './open-sockets.ts';
import type { Pairing } from './pairing.ts';
import { isThisMachine } from './this-machine.ts';

const cookie = 'badminton_studio';
const ninetyDays = 90 * 24 * 3600;
/** Bytes; anyone on the network may send this form. */
const largestForm = 1024;
/** Characters. */
const longestName = 60;
/** The pairing page and what makes it look like ours. */
const forEverybody = new Set(['/pair', '/assets/studio.css']);

/** Who sits at this machine may do everything; others on the network only with a session. */
export function pairedOnly(pairing: Pairing, sockets: OpenSockets): MiddlewareHandler<StudioEnv> {
  return async (c, next) => {
    if (isThisMachine(c)) return next();
    const device = pairing.deviceOf(getCookie(c, cookie));
    if (device !== undefined) {
      c.set('device', device);
      c.set('isAdministrator', pairing.isAdministrator(device));
      sockets.add(device, c.env.incoming.socket);
      return next();
    }
    if (forEverybody.has(c.req.path)) return next();
    if (c.req.path.startsWith('/api/')) throw new RequestError(401, 'This device is not paired with the studio.');
    return c.html(pairing.problem ? notRecognised() : notPaired(), 401);
  };
}

/** The pairing link: opening it does not use it up, so that a link preview cannot; the button does. */
export function pairingRoutes(pairing: Pairing): Hono<StudioEnv> {
  return new Hono<StudioEnv>()
    .get('/pair', (c) =>
      c.html(
        pairing.problem ? notRecognised() : askToPair(pairing, c.req.query('code') ?? '', c.req.header('user-agent')),
      ),
    )
    .post('/pair', bodyLimit({ maxSize: largestForm }), async (c) => {
      const { code, name } = await c.req.parseBody();
      if (pairing.problem) return c.html(notRecognised(), 403);
      const session = typeof code === 'string' ? pairing.redeem(code, nameFrom(name)) : undefined;
      if (session === undefined) return c.html(notPaired(), 403);
      // Lax, not Strict: the link in a message about a waiting match must open the studio, not this page.
      setCookie(c, cookie, session, { httpOnly: true, sameSite: 'Lax', path: '/', maxAge: ninetyDays });
      return c.redirect('/', 303);
    });
}

/** What a person typed, as one line that fits a list. */
const nameFrom = (name: unknown) =>
  typeof name === 'string'
    ? name
        .replaceAll(/\p{Cc}/gu, ' ')
        .trim()
        .slice(0, longestName)
    : undefined;

const askToPair = (pairing: Pairing, code: string, userAgent?: string) =>
  simplePage(
    'Use the studio on this device?',
    html`<p>This device may then choose thumbnails and start, correct, retry and cancel videos of the club, for 90 days.</p>
      ${pairing.isForAdministrator(code) ? html`<p>It becomes an administrator: it may change settings and unpair other devices too.</p>` : ''}
      <form method="post" action="/pair"><input type="hidden" name="code" value="${code}" /><label>Name of this device <input name="name" value="${deviceName(userAgent)}" maxlength="${longestName}" autocomplete="off" /></label><button>Use it here</button></form>`,
  );

const notPaired = () =>
  simplePage(
    'This device is not paired',
    html`<p>On the machine where the studio runs, open the studio, press Paired devices, then Pair a device, and scan the code with
      this device. Each code works once, for ten minutes.</p>`,
  );

/** Says no more than this, because anyone on the network may see it. */
const notRecognised = () =>
  simplePage(
    'No device can be recognised',
    html`<p>The list of paired devices is of a newer version of the program than the studio that runs. Once that is updated,
      the devices of the list may use it as before.</p>`,
  );
