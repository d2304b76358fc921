// Plain JavaScript for any Node.
import { createRequire } from 'node:module';

const needed = 24;

export const isNewEnough = Number(process.versions.node.split('.')[0]) >= needed;

export const tooOld =
  `Node ${needed} or later is needed; this is ${process.version}. ` +
  'Run `npm ci` with it, which brings a newer one for most machines.';

/**
 * Path of the Node that `npm ci` installs where it runs on an older one; undefined when there is none. It is the file
 * itself: npm 10 removes the link `node_modules/.bin/node` again, together with the packages of other systems.
 */
export function findInstalledNode() {
  const require = createRequire(import.meta.url);
  const { optionalDependencies } = require('./node-24/package.json');
  for (const name of Object.keys(optionalDependencies)) {
    try {
      return require.resolve(`${name}/bin/node`);
    } catch {
      // It is for another system.
    }
  }
  return undefined;
}
