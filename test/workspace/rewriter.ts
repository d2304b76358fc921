import { writeFileAtomic } from '../../src/workspace/atomic-file.ts';

// Writes three contents of different lengths in turn, until it is ended.
const file = process.argv[2] ?? '';
const contents = ['a'.repeat(1000), 'b'.repeat(300_000), 'c'.repeat(70_000)];
for (let turn = 0; ; turn++) {
  writeFileAtomic(file, contents[turn % contents.length] ?? '');
  if (turn === 0) console.log('writing');
}
