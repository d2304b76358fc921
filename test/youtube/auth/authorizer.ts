/** A process that asks for a token when it is told to, as often as it is told: `refresh` or `again` on a line. */
import { createInterface } from 'node:readline';
import { fileAuth } from '../../../src/youtube/auth.ts';

const auth = fileAuth(process.argv[2] ?? '');
process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  const { authorization } = await auth.authorize({ refresh: line === 'refresh' });
  process.stdout.write(`${authorization}\n`);
}
