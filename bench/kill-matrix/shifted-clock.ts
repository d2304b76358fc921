// Loaded before the program (`node --import`): shifts its own clock by the seconds that a file holds, which may change
// while it runs. Nothing else is shifted: neither the server's clock nor the disk's.
import { readFileSync } from 'node:fs';

const file = process.env.CHAOS_CLOCK_FILE ?? '';
const RealDate = Date;
let shift = 0;
const look = () => {
  try {
    shift = Number(readFileSync(file, 'utf8')) * 1000 || 0;
  } catch {
    // As it was.
  }
};
look();
setInterval(look, 100).unref();

const now = () => RealDate.now() + shift;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
});
