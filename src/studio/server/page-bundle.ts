import { createHash } from 'node:crypto';
import path from 'node:path';
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
  /** Changes whenever anything of it does. */
  readonly version: string;
  /** By name: `studio.js`, `studio.css`, and the parts of the script, which have their hash in their names. */
  readonly assets: ReadonlyMap<string, Asset>;
  /** Names of the parts without which the script does not begin. */
  readonly atOnce: readonly string[];
}

const entry = fileURLToPath(new URL('../browser/main.tsx', import.meta.url));

/** Bundles the page in memory, so that there is no build step to remember. Rare parts of it are loaded when they are shown. */
export async function bundlePage(): Promise<PageBundle> {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    outdir: '/assets',
    entryNames: 'studio',
    chunkNames: 'part-[hash]',
    bundle: true,
    splitting: true,
    metafile: true,
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
  const files = outputFiles.map(({ path: file, contents }) => [path.basename(file), Buffer.from(contents)] as const);
  const hash = createHash('sha256');
  for (const [name, contents] of files) hash.update(name).update(contents);
  const assets = files.map(async ([name, contents]) => [name, await compress(typeOf(name), contents)] as const);
  const script = Object.entries(metafile.outputs).find(([file]) => path.basename(file) === 'studio.js');
  return {
    version: hash.digest('hex').slice(0, 16),
    assets: new Map(await Promise.all(assets)),
    atOnce: (script?.[1].imports ?? [])
      .filter(({ kind }) => kind === 'import-statement')
      .map((part) => path.basename(part.path)),
  };
}

const typeOf = (name: string) => `text/${name.endsWith('.css') ? 'css' : 'javascript'}; charset=utf-8`;

async function compress(contentType: string, plain: Buffer): Promise<Asset> {
  // From 10 on it searches much longer, once, and saves a twentieth of what every phone loads.
  const params = { [constants.BROTLI_PARAM_QUALITY]: 10 };
  const [brotli, zipped] = await Promise.all([
    promisify(brotliCompress)(plain, { params }),
    promisify(gzip)(plain, { level: 9 }),
  ]);
  return { contentType, plain, gzip: zipped, brotli };
}
