import { connect } from 'node:net';

/** A program for a test: opens connections, begins a request on each, and says how many it was left after a while. */
const [, , host = '', port = '', count = ''] = process.argv;
let open = 0;
for (let number = 0; number < Number(count); number += 1) {
  const socket = connect(Number(port), host, () => socket.write('GET / HTTP/1.1\r\n'));
  socket.on('error', () => undefined);
  open += 1;
  socket.once('close', () => {
    open -= 1;
  });
}
setTimeout(() => process.stdout.write(`${open}\n`), 1500);
process.stdin.on('end', () => process.exit()).resume();
