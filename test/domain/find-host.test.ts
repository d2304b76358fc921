import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chooseHost, decideHost, type HostAnswer, pauseBeforeAskingAgain } from '../../src/domain/find-host.ts';

const videoPath = '/club/ms_AnvsBo.mov';
const host = (name: string) => ({ id: `id-of-${name}`, name });
const here = (name: string): HostAnswer<string> => ({ host: host(name), answer: 'here', accepted: name });
const notHere = (name: string): HostAnswer<string> => ({ host: host(name), answer: 'not-here' });
const silent = (name: string): HostAnswer<string> => ({ host: host(name), answer: 'none' });
const decide = (answers: HostAnswer<string>[], chosen?: string, unaskable: string[] = []) =>
  decideHost({ videoPath, answers, unaskable, ...(chosen !== undefined && { chosen }) });

describe('decideHost', () => {
  it('takes the only machine that has the recording, whether or not others answer', () => {
    assert.deepEqual(decide([notHere('A'), here('B'), silent('C')]), { kind: 'here', accepted: 'B' });
  });

  it('takes none of several, and names them', () => {
    assert.deepEqual(decide([here('A'), here('B'), silent('C')]), {
      kind: 'several',
      hosts: [host('A'), host('B')],
      reason: `Several machines have ${videoPath}: A (id-of-A) and B (id-of-B). No answer came from C.`,
    });
  });

  it('takes the chosen one of several, and never another in its place', () => {
    assert.deepEqual(decide([here('A'), here('B')], 'id-of-B'), { kind: 'here', accepted: 'B' });
    assert.deepEqual(decide([here('A'), silent('B')], 'id-of-B'), {
      kind: 'several',
      hosts: [host('A')],
      reason: `Of the running machines, A (id-of-A) has ${videoPath}, but another one was chosen. No answer came from B.`,
    });
    assert.equal(decide([notHere('A'), silent('B')], 'id-of-B').kind, 'nowhere');
  });

  it('says which machines were asked in vain, which did not answer, and which could not be asked', () => {
    assert.deepEqual(decide([notHere('A'), notHere('B'), silent('C')], undefined, ['D']), {
      kind: 'nowhere',
      reason:
        `No running machine is known to have ${videoPath}. It is not on A and B. No answer came from C. ` +
        'It could not be asked of D in particular.',
    });
    assert.deepEqual(decide([]), { kind: 'nowhere', reason: `No running machine is known to have ${videoPath}.` });
    const many = decide(Array.from({ length: 40 }, (_, index) => notHere(`N${index}`)));
    assert.match('reason' in many ? many.reason : '', /It is not on N0, N1, N2, N3 and 36 more\.$/);
  });
});

describe('chooseHost', () => {
  const hosts = [host('A'), host('B'), { id: 'second', name: 'B' }];

  it('knows a machine by its id, and by a name that only one has', () => {
    assert.deepEqual(chooseHost('A', hosts), { id: 'id-of-A' });
    assert.deepEqual(chooseHost('second', hosts), { id: 'second' });
  });

  it('refuses any other, and any at all when it is not the question', () => {
    assert.match(
      String(chooseHost('B', hosts)),
      /called B; take the id of one: A \(id-of-A\), B \(id-of-B\) and B \(second\)/,
    );
    assert.match(String(chooseHost('C', hosts)), /C is none of the machines/);
    assert.match(String(chooseHost('A', undefined)), /Only a video whose recording is on several machines/);
  });
});

describe('pauseBeforeAskingAgain', () => {
  it('grows, and ends within the hour, when a person is told', () => {
    const pauses = Array.from({ length: 20 }, (_, index) => pauseBeforeAskingAgain(index + 1));
    const waited = pauses.filter((pause) => pause !== undefined);
    assert.ok(waited.every((pause, index) => index === 0 || pause > (waited[index - 1] as number)));
    const minutes = waited.reduce((sum, pause) => sum + pause, 0) / 60_000;
    assert.ok(minutes > 30 && minutes < 60, `${minutes} minutes`);
    assert.deepEqual(new Set(pauses.slice(waited.length)), new Set([undefined]));
  });
});
