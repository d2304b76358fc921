/** A process that asks for a token each time it reads `refresh` or `again` on a line. */
import { createInterface } from 'node:readline';
import { fileAuth } from '../../../src/youtube/auth.ts';

const auth = fileAuth(process.argv[2] ?? '');
process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  const { authorization } = await auth.authorize({ refresh: line === 'refresh' });
  process.stdout.write(`${authorization}\n`);
}
