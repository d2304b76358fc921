// `npm run chaos -- --runs 200 --seed S`: as many runs of a club's machine, each with one trouble: processes killed or
// stopped, a full disk, a folder that cannot be written to, a recording that is taken away, a wrong clock. After each,
// every recording is published exactly once or parked with a true reason, and nothing is left behind. Otherwise the
// exit code is 1. `--from N` resumes at run N; `--only TEXT` does the runs whose trouble's name contains the text;
// `--at-once N` does so many at a time. Linux only.
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { nameOf, planOf } from './kill-matrix/plan.ts';
import { runOne } from './kill-matrix/runner.ts';
import { type Outcome, tableOf } from './kill-matrix/table.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    'at-once': { type: 'string', default: '1' },
    patience: { type: 'string', default: '150' },
  },
});
const [runs, seed, from] = [Number(values.runs), Number(values.seed), Number(values.from)];
const say = (line: string) => void process.stderr.write(`${line}\n`);

// What earlier runs of this seed came to, for the table at the end.
const kept = path.join(tmpdir(), `badminton-chaos-${seed}`);
const file = path.join(kept, 'outcomes.jsonl');
mkdirSync(kept, { recursive: true });
if (from === 1 && values.only === '') writeFileSync(file, '');
const parent = mkdtempSync(path.join(kept, 'runs-'));

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
const left = Array.from({ length: runs - from + 1 }, (_, index) => from + index).filter((run) =>
  nameOf(planOf(seed, run).trouble).includes(values.only),
);
/** Runs that have begun and not ended. */
const open = new Set<number>();
const outcomes: Outcome[] = [];

await Promise.all(Array.from({ length: Number(values['at-once']) }, work));
try {
  rmdirSync(parent);
} catch {
  say(`\nThe folders of the runs with problems are in ${parent}`);
}
const first = Math.min(...open, ...left);
if (Number.isFinite(first)) {
  say(`\nStopped. To go on: npm run chaos -- --runs ${runs} --seed ${seed} --from ${first}`);
}
const earlier = from === 1 || values.only !== '' ? [] : readOutcomes().filter(({ run }) => run < from);
process.stdout.write(`\n${tableOf([...earlier, ...outcomes])}\n`);
if (outcomes.some(({ problems, lost, doubled }) => problems.length + lost + doubled > 0)) process.exitCode = 1;

async function work(): Promise<void> {
  for (let run = left.shift(); run !== undefined; run = left.shift()) {
    open.add(run);
    if (stop.signal.aborted) return;
    const folder = path.join(parent, `run-${run}`);
    const outcome = await runOne({ seed, run, folder, patience: Number(values.patience), signal: stop.signal });
    if (stop.signal.aborted) return;
    open.delete(run);
    if (!outcome) {
      say(`${run}  left out: it needs the right to mount (${nameOf(planOf(seed, run).trouble)})`);
      continue;
    }
    outcomes.push(outcome);
    appendFileSync(file, `${JSON.stringify(outcome)}\n`);
    say(describe(outcome));
  }
}

function describe({ run, what, hasHappened, published, videos, parked, problems, rests, seconds }: Outcome): string {
  const codes = parked.length > 0 ? `, parked: ${parked.join(', ')}` : '';
  const late = hasHappened ? '' : ', came too late';
  const line = `${run}  ${what}${late}: ${published} of ${videos} published${codes}, ${seconds} s`;
  return problems.length === 0
    ? line
    : [line, ...problems.map((each) => `    ${each}`), `    ${rests.join('; ')}`].join('\n');
}

/** The newest of each run. */
function readOutcomes(): Outcome[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return [...new Map(lines.map((line) => JSON.parse(line) as Outcome).map((each) => [each.run, each])).values()];
}
