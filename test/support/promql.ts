import { parser } from '@prometheus-io/lezer-promql';
import type { Scrape } from './scrape.ts';

/** Set by Prometheus itself when it scrapes. */
const added = ['instance', 'job'];
const knownToPrometheus: Scrape = new Map([['up', [{ labels: {}, value: 1 }]]]);

/** What in an expression of PromQL does not fit what is measured. */
export function promqlProblems(expression: string, scrape: Scrape): string[] {
  const problems: string[] = [];
  const textOf = ({ from, to }: { from: number; to: number }) => expression.slice(from, to);
  const labelsOfAll = new Set(added);
  const grouped: string[] = [];
  parser.parse(expression).iterate({
    enter({ type, node, from }) {
      if (type.isError) problems.push(`a mistake at ${from}`);
      if (type.name === 'GroupingLabels') grouped.push(...node.getChildren('LabelName').map(textOf));
      if (type.name !== 'VectorSelector') return;
      const identifier = node.getChild('Identifier');
      const name = identifier ? textOf(identifier) : '';
      const samples = scrape.get(name) ?? knownToPrometheus.get(name);
      if (!samples) return void problems.push(`nothing is called ${name}`);
      const labels = new Set([...added, ...samples.flatMap((sample) => Object.keys(sample.labels))]);
      for (const label of labels) labelsOfAll.add(label);
      for (const matcher of node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? []) {
        const [, label = '', operator, value] = /^(\w+)\s*(=~|!~|!=|=)\s*"(.*)"$/.exec(textOf(matcher)) ?? [];
        if (!labels.has(label)) problems.push(`${name} has no label ${label}`);
        else if (
          operator === '=' &&
          !added.includes(label) &&
          !samples.some((sample) => sample.labels[label] === value)
        )
          problems.push(`no ${name} has ${label}="${value}"`);
      }
    },
  });
  return [...problems, ...grouped.filter((label) => !labelsOfAll.has(label)).map((label) => `nothing has ${label}`)];
}
