import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { createProgram } from '../../src/cli/program.ts';
import { errorCodes } from '../../src/domain/errors.ts';
import { stages } from '../../src/domain/stages.ts';
import * as names from '../../src/temporal/names.ts';
import { codeIn, firstCells, pages, read, root } from './pages.ts';

const program = createProgram();

/** What the workflow itself says about a failure that no stage has named. */
const ofTheWorkflow = ['TIMED_OUT', 'UNEXPECTED'];

describe('the documentation', () => {
  it('explains every error code, and no other', () => {
    const explained = firstCells(read('docs/troubleshooting.md')).filter((cell) => /^[A-Z_]+$/.test(cell));
    assert.deepEqual(explained.sort(), [...errorCodes, ...ofTheWorkflow].sort());
  });

  it('names every folder of src in one line, and src contains nothing else', () => {
    const entries = readdirSync(path.join(root, 'src'), { withFileTypes: true });
    assert.deepEqual(
      entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name),
      [],
    );
    const named = firstCells(read('CONTRIBUTING.md')).filter((cell) => cell.startsWith('src/'));
    assert.deepEqual(named, entries.map((entry) => `src/${entry.name}/`).sort());
  });

  it('names every message, search attribute, stage and activity', () => {
    const architecture = read('docs/architecture.md');
    const walkthrough = read('docs/walkthrough.md');
    const messages = Object.entries(names).flatMap(([name, value]) =>
      /(Signal|Update|Query)Name$/.test(name) ? [String(value)] : [],
    );
    assert.ok(messages.length >= 6);
    for (const message of messages) {
      assert.match(architecture, new RegExp(`\`${message}\\(`), 'the table of messages');
      assert.match(walkthrough, new RegExp(`^ {4}${message}$`, 'm'), 'what the workflow listens to');
    }
    for (const attribute of Object.keys(names.searchAttributes)) assert.ok(architecture.includes(`\`${attribute}\``));
    for (const stage of stages) assert.match(read('docs/glossary.md'), new RegExp(`\\b${stage}\\b`));
    const activities = read('src/temporal/activity-types.ts').matchAll(/^ {2}(\w+Activity)\(/gm);
    for (const [, activity = ''] of activities) {
      if (activity !== 'cancelOwnVideoActivity') assert.ok(architecture.includes(`\`${activity}\``), activity);
    }
  });

  for (const page of pages) {
    it(`shows commands that exist, with options that exist: ${page}`, () => {
      const shown = codeIn(read(page)).flatMap((line) => line.split(/\bnpx badminton\b/).slice(1));
      const wrong = shown.flatMap((words) => problemWith(words.trim()) ?? []);
      assert.deepEqual(wrong, []);
    });
  }

  it('notices a command or an option that does not exist', () => {
    assert.match(problemWith('frobnicate ID') ?? '', /frobnicate/);
    assert.match(problemWith('auth revoke --harder') ?? '', /--harder/);
    assert.equal(problemWith('auth status --rehearse'), undefined);
  });

  it('replaces an existing line of the workflow in the example of patched', () => {
    const [patch = '', before = '', after = ''] = Array.from(
      read('CONTRIBUTING.md').matchAll(/```ts\n(.*?)```/gs),
      ([, block = '']) => block.trim(),
    );
    assert.ok(read('src/temporal/workflows/process-video.ts').includes(before), before);
    const [, name = ''] = /export const (\w+) = \(\) => patched\('/.exec(patch) ?? [];
    assert.match(after, new RegExp(`&& ${name}\\(\\)`));
  });

  it('says about continuous integration what .ci/run does', () => {
    const { jobs } = parse(read('.github/workflows/ci.yml'));
    const steps: { run?: string }[] = jobs.test.steps;
    const commands = steps.flatMap(({ run }) => run ?? []);
    const own = read('.ci/run').match(/^npm .+$/gm);
    assert.deepEqual(commands, own);
    assert.deepEqual(jobs.test.strategy.matrix, { os: ['ubuntu-latest', 'macos-latest'], node: [20, 24] });
  });
});

/** What is wrong with the words after `npx badminton`. */
function problemWith(words: string): string | undefined {
  const [name = '', second = ''] = words.split(/[^\w-]+/);
  if (name === '' || name.startsWith('-')) return undefined;
  const command = program.commands.find((each) => each.name() === name);
  if (!command) return `${words}: there is no command ${name}`;
  const known = command.commands.find((each) => each.name() === second) ?? command;
  const options = ['--help', ...known.options.map(({ long }) => long)];
  const asked = words.split(/[#|;]/)[0]?.match(/(?<=\s)--[\w-]+/g) ?? [];
  const unknown = asked.filter((option) => !options.includes(option));
  return unknown.length === 0 ? undefined : `${words}: ${name} has no ${unknown.join(', ')}`;
}
