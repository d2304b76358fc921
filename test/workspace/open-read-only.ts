import { execFileSync } from 'node:child_process';
import { StageError } from '../../src/domain/errors.ts';
import { openWorkspace } from '../../src/workspace/workspace.ts';

// Opens a workspace in a folder that is mounted read-only, then follows the advice and opens it again.
const root = process.argv[2] ?? '';
const open = () => {
  try {
    openWorkspace(root, 'video-0000000000000000', (write) => write());
    return 'opened';
  } catch (error) {
    return error instanceof StageError ? `${error.code}: ${error.message} ${error.action}` : String(error);
  }
};
console.log(open());
execFileSync('mount', ['-o', 'remount,bind,rw', root]);
console.log(open());
