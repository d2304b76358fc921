/**
 * A line with a round trip and a bandwidth, between a sender and a server: `node line.ts PORT MS BYTES_PER_SECOND`.
 * Bytes leave one after another at that speed and arrive half a round trip later. Its own port is sent to the process
 * that started it. TCP slow start is not simulated.
 */
import net, { type AddressInfo, type Socket } from 'node:net';

const [port, roundTripMs, bytesPerSecond] = process.argv.slice(2).map(Number) as [number, number, number];
const delayMs = roundTripMs / 2;
/** What a line and its routers buffer before a sender has to wait. */
const heldBytes = 2 * bytesPerSecond * (roundTripMs / 1000) + 1_048_576;

const line = net.createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
  // Establishing a connection takes a round trip; half of it is in the delay of the first bytes.
  setTimeout(() => {
    const far = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    carry(near, far);
    carry(far, near);
  }, delayMs);
});
line.listen(0, '127.0.0.1', () => process.send?.((line.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());

function carry(from: Socket, to: Socket): void {
  const held: { bytes: Buffer; arrives: number }[] = [];
  let size = 0;
  let lineFree = 0;
  let timer: NodeJS.Timeout | undefined;
  const deliver = () => {
    timer = undefined;
    const now = performance.now();
    for (let next = held[0]; next && next.arrives <= now; next = held[0]) {
      held.shift();
      size -= next.bytes.length;
      to.write(next.bytes);
    }
    if (size < heldBytes) from.resume();
    plan();
  };
  const plan = () => {
    const next = held[0];
    if (next) timer ??= setTimeout(deliver, Math.max(0, next.arrives - performance.now()));
  };
  from.on('data', (bytes: Buffer) => {
    const now = performance.now();
    lineFree = Math.max(now, lineFree) + (bytes.length / bytesPerSecond) * 1000;
    held.push({ bytes, arrives: lineFree + delayMs });
    size += bytes.length;
    if (size >= heldBytes) from.pause();
    plan();
  });
  from.on('end', () => setTimeout(() => to.end(), Math.max(0, lineFree - performance.now()) + delayMs));
  from.on('error', () => setTimeout(() => to.resetAndDestroy(), delayMs));
  from.on('close', () => clearTimeout(timer));
}
