/** A machine, by its id, and by its name for people. */
export interface NamedHost {
  readonly id: string;
  readonly name: string;
}

/** What one machine said when it was asked for a recording; `none`: no answer came in time. */
export type HostAnswer<Accepted> =
  | { readonly host: NamedHost; readonly answer: 'here'; readonly accepted: Accepted }
  | { readonly host: NamedHost; readonly answer: 'not-here' | 'none' };

export interface HostQuestion<Accepted> {
  readonly videoPath: string;
  readonly answers: readonly HostAnswer<Accepted>[];
  /** Id of the machine that a person chose. */
  readonly chosen?: string | undefined;
  /** Names of workers that cannot be asked one by one. */
  readonly unaskable: readonly string[];
}

/** Whose recording it is; where that is open, the reason is for people. */
export type HostDecision<Accepted> =
  | { readonly kind: 'here'; readonly accepted: Accepted }
  | { readonly kind: 'several'; readonly hosts: readonly NamedHost[]; readonly reason: string }
  | { readonly kind: 'nowhere'; readonly reason: string };

const mostNames = 5;

/** Whose recording is meant: the only one's that has it, or the chosen one's. Between several, nobody guesses. */
export function decideHost<Accepted>(question: HostQuestion<Accepted>): HostDecision<Accepted> {
  const { videoPath, answers, chosen, unaskable } = question;
  const having = answers.filter((one) => one.answer === 'here');
  const [only, ...others] = having;
  const meant = chosen === undefined && others.length === 0 ? only : having.find(({ host }) => host.id === chosen);
  if (meant) return { kind: 'here', accepted: meant.accepted };
  const namesOf = (kind: 'not-here' | 'none') =>
    answers.filter(({ answer }) => answer === kind).map(({ host }) => host.name);
  const silent = namesOf('none');
  const silence = silent.length > 0 ? [`No answer came from ${listNames(silent)}.`] : [];
  if (!only) {
    const asked = namesOf('not-here');
    const reason = [
      `No running machine is known to have ${videoPath}.`,
      ...(asked.length > 0 ? [`It is not on ${listNames(asked)}.`] : []),
      ...silence,
      ...(unaskable.length > 0 ? [`It could not be asked of ${listNames(unaskable)} in particular.`] : []),
    ];
    return { kind: 'nowhere', reason: reason.join(' ') };
  }
  const hosts = having.map(({ host }) => host);
  const names = listNames(hosts.map(nameAndId));
  const reason = [
    others.length === 0
      ? `Of the running machines, ${names} has ${videoPath}, but another one was chosen.`
      : `Several machines have ${videoPath}: ${names}.`,
    ...silence,
  ];
  return { kind: 'several', hosts, reason: reason.join(' ') };
}

/**
 * The machine that a person names, by its id or its name.
 * @param hosts those that have the recording; undefined when that is not the question
 * @returns its id, or a sentence that refuses
 */
export function chooseHost(text: string, hosts: readonly NamedHost[] | undefined): { id: string } | string {
  if (!hosts) return 'Only a video whose recording is on several machines takes the name of one.';
  const fitting = hosts.filter(({ id, name }) => id === text || name === text);
  const [only, ...others] = fitting;
  if (only && others.length === 0) return { id: only.id };
  const names = hosts.map(nameAndId);
  return only
    ? `Several of the machines are called ${text}; take the id of one: ${listNames(names)}.`
    : `${text} is none of the machines that have the recording: ${listNames(names)}.`;
}

const nameAndId = ({ id, name }: NamedHost) => `${name} (${id})`;

/** `A`, `A and B`, `A, B and C`, `A, B, C, D and 7 more`. */
function listNames(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  const shown = names.length > mostNames ? names.slice(0, mostNames - 1) : names.slice(0, -1);
  const last = names.length > mostNames ? `${names.length - shown.length} more` : names.at(-1);
  return `${shown.join(', ')} and ${last}`;
}

const firstPause = 5000;
const mostPauses = 9;

/**
 * How long to wait before every machine is asked again; undefined when a person should be told instead: after some 43
 * minutes. A machine that starts asks for itself.
 * @param times how often all were asked in vain; at least 1
 */
export const pauseBeforeAskingAgain = (times: number): number | undefined =>
  times > mostPauses ? undefined : firstPause * 2 ** (times - 1);
