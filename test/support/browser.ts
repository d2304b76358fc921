import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core';

const installed = [
  process.env.CHROME,
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * A real browser: an installed Chrome or Chromium (CHROME names another place), else the one inside an npm package.
 * @param through a command that runs the browser's own, such as one that puts it into another network namespace
 * @param args more arguments of the browser
 */
export async function openBrowser(through: readonly string[] = [], args: readonly string[] = []): Promise<Browser> {
  const found = installed.find((file) => file && existsSync(file));
  if (found) return launch(found, [...quiet, ...args], through);
  // Not with the package's own arguments: they switch off the rules of the web that the studio's safety rests on.
  const { default: packed } = await import('@sparticuz/chromium');
  return launch(await packed.executablePath(), [...quiet, '--disable-gpu', ...args], through);
}

async function launch(file: string, args: readonly string[], through: readonly string[]): Promise<Browser> {
  if (through.length === 0) return chromium.launch({ executablePath: file, args: [...args] });
  const folder = mkdtempSync(path.join(tmpdir(), 'badminton-browser-'));
  try {
    const script = path.join(folder, 'browser.sh');
    const command = [...through, file].map((word) => `'${word}'`).join(' ');
    writeFileSync(script, `#!/bin/sh\nexec ${command} "$@"\n`, { mode: 0o700 });
    return await chromium.launch({ executablePath: script, args: [...args] });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const quiet = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--no-first-run'];

export const desk: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };
export const phone: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
};
