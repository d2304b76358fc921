import { type Context, Hono } from 'hono';
import type { StudioEnv } from '../env.ts';
import { icon } from '../icon.ts';
import type { Asset, PageBundle } from '../page-bundle.ts';

/** The page, which is the same whatever it shows, and its assets. */
export function pageRoutes(bundle: () => Promise<PageBundle>, clubName: () => string): Hono<StudioEnv> {
  const page = async (c: Context<StudioEnv>) => c.html(shell(await bundle(), clubName()));
  const manifest = () => ({
    name: `${clubName()} Studio`,
    short_name: 'Studio',
    start_url: '/',
    display: 'standalone',
    icons: [{ src: '/assets/icon.svg', sizes: 'any', type: 'image/svg+xml' }],
  });
  return new Hono<StudioEnv>()
    .get('/', page)
    .get('/board', page)
    .get('/settings', page)
    .get('/first-start', page)
    .get('/first-start/:step', page)
    .get('/published', page)
    .get('/videos/:id', page)
    .get('/assets/icon.svg', (c) => c.body(icon, 200, { 'content-type': 'image/svg+xml' }))
    .get('/assets/manifest.json', (c) => c.json(manifest()))
    .get('/assets/:name', async (c) => {
      const name = c.req.param('name');
      const asset = (await bundle()).assets.get(name);
      return asset ? send(c, asset, name.startsWith('part-')) : c.notFound();
    });
}

/** @param isNamedByContent it never changes under its name */
function send(c: Context<StudioEnv>, { contentType, brotli, gzip, plain }: Asset, isNamedByContent: boolean): Response {
  const accepted = c.req.header('accept-encoding') ?? '';
  const [encoding, body] = /\bbr\b/.test(accepted)
    ? ['br', brotli]
    : /\bgzip\b/.test(accepted)
      ? ['gzip', gzip]
      : [undefined, plain];
  return c.body(new Uint8Array(body), 200, {
    'content-type': contentType,
    'cache-control':
      isNamedByContent || c.req.query('v') !== undefined ? 'public, max-age=31536000, immutable' : 'no-cache',
    vary: 'accept-encoding',
    ...(encoding && { 'content-encoding': encoding }),
  });
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const shell = ({ version, atOnce }: PageBundle, clubName: string) => `<!doctype html>
<html lang="en" data-version="${version}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<title>${escaped(clubName)} Studio</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="manifest" href="/assets/manifest.json">
<link rel="stylesheet" href="/assets/studio.css?v=${version}">
${atOnce.map((name) => `<link rel="modulepreload" href="/assets/${name}">\n`).join('')}<script type="module" src="/assets/studio.js?v=${version}"></script>
</head>
<body><div id="app"><p class="booting">Opening the studio …</p></div>
<noscript><p class="booting">The studio needs JavaScript. Without it: npx badminton pending, npx badminton select ID --frame 1</p></noscript>
</body>
</html>`;
