import { tryLock } from '../../src/workspace/process-lock.ts';

// Holds the lock until killed, or says that it was refused.
if (tryLock(process.argv[2] ?? '')) {
  console.log('held');
  setInterval(() => {}, 1000);
} else {
  console.log('refused');
}
