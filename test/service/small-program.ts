import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { askForRestart, recognizeService, runsAsService } from '../../src/service/this-process.ts';

// Stands where the program would: writes down how it was started, and ends as the file `plan` says, each way once.
const mark = process.env.CAFE_BADMINTON_SERVICE;
recognizeService();
const { argv, env, pid, execPath } = process;
const kept = { service: runsAsService(), mark, left: env.CAFE_BADMINTON_SERVICE, searchPath: env.PATH };
const write = (entry: object) => appendFileSync('starts', `${JSON.stringify(entry)}\n`);
process.once('SIGTERM', () => {
  write({ stoppedWith: process.exitCode ?? 0 });
  process.exit();
});
// Its server and its children are for the program to stop, and not told by the service manager.
spawn('sh', ['-c', 'trap "echo told >child-was-told; exit" TERM; touch child-is-there; sleep 60 & wait'], {
  stdio: 'ignore',
});
setInterval(() => undefined, 60_000);
write({ pid, execPath, args: argv.slice(2), cwd: process.cwd(), ...kept });
process.once('SIGUSR1', askForRestart);
process.once('SIGUSR2', () => process.exit(2));
