import { zValidator } from '@hono/zod-validator';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { StudioEnv } from '../env.ts';
import { requireAdministrator } from '../guard/may.ts';
import { isThisMachine } from '../guard/this-machine.ts';
import { largestBody, within } from '../limits.ts';
import { mistakes } from '../mistakes.ts';
import { RequestError } from '../problem.ts';
import type { Mistake, SettingChanges, SettingView } from '../settings-desk.ts';
import type { StudioParts } from '../studio-parts.ts';

const changesSchema = z.strictObject({ changes: z.record(z.string().max(100), z.string().max(2000).nullable()) });

/** What is looked at before it is kept: the club, as it is typed. */
const draftSchema = z.object({
  clubName: z.string().max(40).optional(),
  template: z.string().max(100).optional(),
  theme: z.string().max(100).optional(),
});

/** Bytes; what is larger is refused before it is read. */
const largestUpload = 2_000_000;
const previewSize = { width: 1280, height: 720 };
const logo = 'BADMINTON_CLUB_LOGO';
const target = 'BADMINTON_PUBLISH_TARGET';
const ownQuestion = 'is changed only after a question that names the channel: POST /api/target';

/** The settings: for who sits at this machine, and for administrators' devices. */
export function settingsRoutes(parts: StudioParts) {
  const { settings } = parts;
  let isTesting = false;
  const changed = (c: Context<StudioEnv>, found: readonly Mistake[]) =>
    found.length === 0 ? c.json(settings.view(), 200) : c.json(refusal(found), 422);
  return new Hono<StudioEnv>()
    .use(async (c, next) => {
      requireAdministrator(c, 'Settings can be seen and changed');
      await next();
    })
    .get('/', (c) => c.json(settings.view()))
    .post('/', bodyLimit({ maxSize: largestBody }), zValidator('json', changesSchema, mistakes), async (c) => {
      const { changes } = c.req.valid('json');
      const refused = notFromHere(c, settings.view().groups, changes);
      if (refused.length > 0) return c.json(refusal(refused), 403);
      return changed(c, await settings.change(changes));
    })
    .put(
      '/logo',
      bodyLimit({ maxSize: largestUpload, onError: tooLarge }),
      within(parts.shares.pictures, 'pictures'),
      async (c) => changed(c, await settings.keepLogo(Buffer.from(await c.req.arrayBuffer()), c.req.raw.signal)),
    )
    .delete('/logo', async (c) => changed(c, await settings.change({ [logo]: null })))
    .get(
      '/preview',
      within(parts.shares.pictures, 'previews'),
      zValidator('query', draftSchema, mistakes),
      async (c) => {
        const { clubName, template, theme } = c.req.valid('query');
        const { signal } = c.req.raw;
        const enhance = parts.enhance();
        const { jpeg, warnings } = await parts.renderer.render(
          {
            ...enhance,
            ...(template && { template }),
            ...(theme && { theme }),
            club: { ...enhance.club, ...(clubName && { name: clubName }) },
            ...sampleMatch,
            photo: await settings.samplePhoto(signal),
            size: previewSize,
          },
          { signal },
        );
        return c.body(new Uint8Array(jpeg), 200, {
          'content-type': 'image/jpeg',
          'cache-control': 'private, no-store',
          'x-warnings': encodeURIComponent(JSON.stringify(warnings)),
        });
      },
    )
    .post('/restart', (c) => {
      const { restart } = settings;
      if (!restart) throw new RequestError(409, notAService);
      // Not before the answer has been sent.
      c.env.outgoing.once('finish', restart);
      return c.json({ restarts: true }, 202);
    })
    .post('/test-notice', async (c) => {
      if (isTesting) throw new RequestError(429, 'A test is being sent. Wait for it.');
      isTesting = true;
      try {
        return c.json({ channels: await settings.sendTest(c.req.raw.signal) });
      } finally {
        isTesting = false;
      }
    });
}

const notAService =
  'The program does not run as a service, so nothing would start it again. Stop it, and start it again yourself.';

const sampleMatch = {
  match: {
    matchType: 'md',
    teams: [
      ['Khanh', 'Leo'],
      ['Huy', 'Viet'],
    ],
    tournament: 'Cafe Game',
  },
  date: '2024-12-15',
} as const;

function tooLarge(): never {
  throw new RequestError(413, `A logo may have at most ${largestUpload / 1_000_000} MB.`);
}

/** Changes that nobody can make from where this request comes. */
function notFromHere(
  c: Context<StudioEnv>,
  groups: readonly { readonly settings: readonly SettingView[] }[],
  changes: SettingChanges,
): Mistake[] {
  const known = new Map(groups.flatMap(({ settings }) => settings).map((setting) => [setting.name, setting]));
  return Object.keys(changes).flatMap((name) => {
    const problem = name === target ? ownQuestion : placeRefused(known.get(name)?.changeFrom, isThisMachine(c));
    return problem === undefined ? [] : [{ name, problem }];
  });
}

/** Of a name that is no setting, the schema says so. */
function placeRefused(changeFrom: SettingView['changeFrom'] | undefined, isHere: boolean): string | undefined {
  if (changeFrom === 'terminal') return 'is never changed by the page: use npx badminton settings set, or .env';
  if (changeFrom === 'environment') return 'can only be set in the environment or .env';
  if (changeFrom === 'machine' && !isHere) return 'can be changed only on the machine that runs the studio';
  return undefined;
}

const refusal = (found: readonly Mistake[]) => ({
  problem: found.map(({ name, problem }) => `${name} ${problem}.`).join(' '),
  fields: Object.fromEntries(found.map(({ name, problem }) => [name, problem])),
});
