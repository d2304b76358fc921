/** What became of one run. */
export interface Outcome {
  readonly run: number;
  readonly kind: string;
  /** In words. */
  readonly what: string;
  /** False if everything was over before its moment came. */
  readonly hasHappened: boolean;
  readonly videos: number;
  readonly published: number;
  /** Codes with which videos were parked while the trouble lasted, or at the end. */
  readonly parked: readonly string[];
  /** Where each video is at the end, in words. */
  readonly rests: readonly string[];
  readonly lost: number;
  readonly doubled: number;
  readonly problems: readonly string[];
  readonly events: readonly string[];
  readonly seconds: number;
}

type Row = readonly string[];

/** One line for each kind of trouble, and one for all. */
export function tableOf(outcomes: readonly Outcome[]): string {
  const kinds = [...new Set(outcomes.map(({ kind }) => kind))].sort();
  const rows = [
    ['trouble', 'runs', 'too late', 'videos', 'published', 'parked', 'lost', 'doubled', 'runs with problems'],
    ...kinds.map((kind) =>
      rowOf(
        kind,
        outcomes.filter((outcome) => outcome.kind === kind),
      ),
    ),
    rowOf('all', outcomes),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function rowOf(kind: string, outcomes: readonly Outcome[]): Row {
  const sum = (of: (outcome: Outcome) => number) => String(outcomes.reduce((all, outcome) => all + of(outcome), 0));
  const codes = new Map<string, number>();
  for (const code of outcomes.flatMap(({ parked }) => parked)) codes.set(code, (codes.get(code) ?? 0) + 1);
  return [
    kind,
    String(outcomes.length),
    sum(({ hasHappened }) => (hasHappened ? 0 : 1)),
    sum(({ videos }) => videos),
    sum(({ published }) => published),
    [...codes].map(([code, count]) => `${count} ${code}`).join(', ') || '0',
    sum(({ lost }) => lost),
    sum(({ doubled }) => doubled),
    sum(({ problems }) => (problems.length > 0 ? 1 : 0)),
  ];
}
