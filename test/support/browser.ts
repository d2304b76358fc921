import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core';

const installed = [
  process.env.CHROME,
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** A real browser: an installed Chrome or Chromium (CHROME names another place), else the one inside an npm package. */
export async function openBrowser(): Promise<Browser> {
  const found = installed.find((file) => file && existsSync(file));
  if (found) return chromium.launch({ executablePath: found, args: [...quiet] });
  // Not with the package's own arguments: they switch off the rules of the web that the studio's safety rests on.
  const { default: packed } = await import('@sparticuz/chromium');
  return chromium.launch({ executablePath: await packed.executablePath(), args: [...quiet, '--disable-gpu'] });
}

const quiet = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--no-first-run'];

export const desk: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };
export const phone: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
};
