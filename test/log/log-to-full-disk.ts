import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLog } from '../../src/app/log.ts';

// Logs before, while and after the disk of 64 KiB is full.
const folder = process.argv[2] ?? '';
const file = path.join(folder, 'logs', 'worker.log');
const filler = path.join(folder, 'filler');
const told = new EventTarget();
const log = await createLog({ LOG_LEVEL: 'info', LOG_FORMAT: 'auto' }, file, (message) => {
  process.stderr.write(`${message}\n`);
  told.dispatchEvent(new Event('trouble'));
});
const written = () => (existsSync(file) ? readFileSync(file, 'utf8') : '');
const isThere = async (word: string) => {
  for (const deadline = Date.now() + 5000; Date.now() < deadline; await sleep(20))
    if (written().includes(word)) return true;
  return false;
};

log.info('before');
const beforeIsThere = await isThere('before');
const trouble = once(told, 'trouble');
try {
  writeFileSync(filler, Buffer.alloc(65_536));
} catch {
  // As much as there was room for.
}
const during = 'during '.repeat(1000);
for (let number = 0; number < 5; number += 1) {
  log.info(during);
  await sleep(50);
}
await trouble;
const duringIsThere = written().includes(during);
rmSync(filler);
log.info('after');
process.stdout.write(JSON.stringify({ beforeIsThere, duringIsThere, afterIsThere: await isThere('after') }));
