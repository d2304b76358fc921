import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build, stop } from 'esbuild';

export interface Asset {
  readonly contentType: string;
  readonly plain: Buffer;
  readonly gzip: Buffer;
  readonly brotli: Buffer;
}

/** The page's script and style, built from `src/studio/browser`. */
export interface PageBundle {
  /** Changes whenever the script or the style does. */
  readonly version: string;
  readonly script: Asset;
  readonly style: Asset;
}

const entry = fileURLToPath(new URL('../browser/main.tsx', import.meta.url));

/** Bundles the page in memory, so that there is no build step to remember. */
export async function bundlePage(): Promise<PageBundle> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    outdir: '/assets',
    entryNames: 'studio',
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: ['chrome123', 'firefox120', 'safari17.5'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    logLevel: 'silent',
  });
  // Otherwise esbuild's helper process would stay, though it is no longer needed.
  await stop();
  const contents = (end: string) => Buffer.from(outputFiles.find(({ path }) => path.endsWith(end))?.contents ?? []);
  const [script, style] = [contents('.js'), contents('.css')];
  const version = createHash('sha256').update(script).update(style).digest('hex').slice(0, 16);
  return {
    version,
    script: await compress('text/javascript; charset=utf-8', script),
    style: await compress('text/css; charset=utf-8', style),
  };
}

async function compress(contentType: string, plain: Buffer): Promise<Asset> {
  // From 10 on it searches much longer, once, and saves a twentieth of what every phone loads.
  const params = { [constants.BROTLI_PARAM_QUALITY]: 10 };
  const [brotli, zipped] = await Promise.all([
    promisify(brotliCompress)(plain, { params }),
    promisify(gzip)(plain, { level: 9 }),
  ]);
  return { contentType, plain, gzip: zipped, brotli };
}
