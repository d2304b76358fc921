// A process of kill-matrix.ts: one run. Arguments: its folder, the seed, the number of the run, seconds to wait at most.
// Prints its outcome as JSON.
import { mkdirSync, writeFileSync } from 'node:fs';
import { check, describeRest, type Ending } from './check.ts';
import { clockFile, startClub } from './club.ts';
import { nameOf, planOf } from './plan.ts';
import { describeMoment } from './points.ts';
import { stillAlive, treeOf } from './processes.ts';
import { type Rest, retryParked, settle } from './settle.ts';
import type { Outcome } from './table.ts';
import { beginTrouble } from './troubles.ts';

const [folder = '', seed = '1', run = '1', seconds = '150'] = process.argv.slice(2);
const plan = planOf(Number(seed), Number(run));
const { trouble } = plan;
const patience = { seconds: Number(seconds) };
const began = performance.now();

mkdirSync(folder, { recursive: true });
if (trouble.kind === 'clock') {
  writeFileSync(clockFile(folder), trouble.at === 'start' ? String(trouble.seconds) : '0');
}
const outcome = await carryOut();
process.stdout.write(`${JSON.stringify(outcome)}\n`);
// Whatever still waits for an answer is of no interest any more.
process.exit(0);

async function carryOut(): Promise<Outcome> {
  await using club = await startClub(folder, plan);
  const begun = beginTrouble(club);
  const first = await settle(club, club.contents, { ...patience, enough: begun.isOver });
  await begun.done();
  const parked = first.flatMap((rest) => (rest.kind === 'parked' ? [rest] : []));
  for (const { code, reason } of parked) {
    if (!begun.trueCodes.includes(code)) club.problems.push(`parked with ${code}, which is not so: ${reason}`);
  }
  await begun.undo();
  const isReplaced = trouble.kind === 'replaced' && begun.hasHappened();
  if (!isReplaced) club.problems.push(...(await retryParked(club, first)));
  const contents = isReplaced ? [...club.contents, club.replacement] : club.contents;
  let rests = await settle(club, contents, patience);
  // What was at work when the trouble ended may have been parked only after it: a person retries that one, too.
  const isLate = (rest: Rest): rest is Rest & { kind: 'parked' } =>
    rest.kind === 'parked' && begun.trueCodes.includes(rest.code);
  if (!isReplaced && rests.some(isLate)) {
    parked.push(...rests.filter(isLate));
    club.problems.push(...(await retryParked(club, rests)));
    rests = await settle(club, contents, patience);
  }
  // A child that has just finished a task is kept for three seconds.
  const server = club.serverPid() ?? 0;
  const children = treeOf(club.program.pid).filter((pid) => pid !== club.program.pid && pid !== server);
  const left = rests.every(({ kind }) => kind === 'published') ? await stillAlive(children, 6000) : [];
  if (left.length > 0) club.problems.push(`${left.length} children of an idle program`);
  await club.end();

  const endings = contents.map((content, index): Ending => {
    const isOverwritten = isReplaced && index === 0;
    const rest = rests[index] ?? { kind: 'absent' };
    return { content, rest, isOverwritten, trueCodes: isOverwritten ? begun.trueCodes : [] };
  });
  const found = await check(club, endings);
  return {
    run: plan.run,
    kind: nameOf(trouble),
    what: `${plan.videos} videos${plan.uploadEarly ? ', early upload' : ''}, ${nameOf(trouble)} ${'at' in trouble && trouble.at !== 'start' ? describeMoment(trouble.at) : 'from the start'}`,
    hasHappened: begun.hasHappened(),
    videos: contents.length,
    published: rests.filter(({ kind }) => kind === 'published').length,
    parked: [
      ...new Set(
        [...parked, ...rests.flatMap((rest) => (rest.kind === 'parked' ? [rest] : []))].map(({ code }) => code),
      ),
    ],
    rests: rests.map(describeRest),
    lost: found.lost,
    doubled: found.doubled,
    problems: [...club.problems, ...found.problems],
    events: club.progress.events,
    seconds: Math.round((performance.now() - began) / 100) / 10,
  };
}
