import { openStore } from '../../src/workspace/store.ts';

// Opens the store at an agreed moment and enters something.
const [folder = '', at] = process.argv.slice(2);
while (Date.now() < Number(at));
const store = openStore(folder);
store.claims.replace(`video-${process.pid}`, undefined, 'me');
store.close();
console.log('entered');
