import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import { html } from 'hono/html';
import type { StudioEnv } from '../env.ts';
import { RequestError } from '../problem.ts';
import { simplePage } from '../simple-page.ts';
import type { Pairing } from './pairing.ts';

const cookie = 'badminton_studio';
const ninetyDays = 90 * 24 * 3600;
/** Bytes; anyone on the network may send this form. */
const largestForm = 1024;
/** The pairing page and its stylesheet. */
const forEverybody = new Set(['/pair', '/assets/studio.css']);

/** A person at this machine may do everything; others on the network need a session. */
export function pairedOnly(pairing: Pairing): MiddlewareHandler<StudioEnv> {
  return async (c, next) => {
    if (isThisMachine(c) || forEverybody.has(c.req.path) || pairing.isPaired(getCookie(c, cookie))) return next();
    if (c.req.path.startsWith('/api/')) throw new RequestError(401, 'This device is not paired with the studio.');
    return c.html(pairing.problem ? notRecognised() : notPaired(), 401);
  };
}

/** The pairing link: opening it does not use it up, so that a link preview cannot; the button does. */
export function pairingRoutes(pairing: Pairing): Hono<StudioEnv> {
  return new Hono<StudioEnv>()
    .get('/pair', (c) => c.html(pairing.problem ? notRecognised() : askToPair(c.req.query('code') ?? '')))
    .post('/pair', bodyLimit({ maxSize: largestForm }), async (c) => {
      const { code } = await c.req.parseBody();
      if (pairing.problem) return c.html(notRecognised(), 403);
      const session = typeof code === 'string' ? pairing.redeem(code) : undefined;
      if (session === undefined) return c.html(notPaired(), 403);
      // Lax, not Strict: the link in a message about a waiting match must open the studio, not this page.
      setCookie(c, cookie, session, { httpOnly: true, sameSite: 'Lax', path: '/', maxAge: ninetyDays });
      return c.redirect('/', 303);
    });
}

/** A new pairing link, only for a person at this machine: a paired phone cannot invite others. */
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
    return c.json({ link });
  });
}

function isThisMachine(c: Context<StudioEnv>): boolean {
  const address = c.env.incoming.socket.remoteAddress ?? '';
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}

const askToPair = (code: string) =>
  simplePage(
    'Use the studio on this device?',
    html`<p>This device may then choose thumbnails and start, correct, retry and cancel videos of the club, for 90 days.</p>
      <form method="post" action="/pair"><input type="hidden" name="code" value="${code}" /><button>Use it here</button></form>`,
  );

const notPaired = () =>
  simplePage(
    'This device is not paired',
    html`<p>Scan the code in the terminal where the studio runs. Each link works once, for ten minutes; after it was used, a
      new one appears there. For another, run <code>npx badminton studio --host</code> in a second terminal to get one.</p>`,
  );

/** Says no more than this, because anyone on the network may see it. */
const notRecognised = () =>
  simplePage(
    'No device can be recognised',
    html`<p>The list of paired devices is of a newer version of the program than the studio that runs. Once that is updated,
      the devices of the list may use it as before.</p>`,
  );
