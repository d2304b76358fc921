import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeFileAtomic } from '../../src/workspace/atomic-file.ts';

// Fills all but 24 KiB of a 1 MiB disk, then writes a longer record.
const folder = process.argv[2] ?? '';
const record = path.join(folder, 'record.json');
writeFileAtomic(record, 'old');
writeFileSync(path.join(folder, 'filler'), Buffer.alloc(1024 * 1024 - 6 * 4096));
let outcome = 'no error';
try {
  writeFileAtomic(record, 'x'.repeat(200_000));
} catch (error) {
  outcome = String((error as NodeJS.ErrnoException).code);
}
const content = readFileSync(record, 'utf8');
console.log(
  `${outcome}: "${content.length > 20 ? `${content.length} bytes` : content}" and ${readdirSync(folder).length} files`,
);
