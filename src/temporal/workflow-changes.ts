/**
 * Every change of the workflow that is guarded with `patched`, oldest first. Append only: a program that knows fewer
 * changes cannot run the videos of one that knows more, and tells by their number which of the two it is. A change whose
 * old code is gone stays in the list.
 */
export const workflowChanges = [
  'checks-input',
  'asks-every-host',
  'choice-leaves-park',
  'choice-stays-open',
  'retry-repeats-earlier-stages',
  'early-upload-keeps-waiting',
  'takes-first-corrections',
  'keeps-history-small',
  'continues-as-new',
  'takes-priority',
  'hides-names',
  // A workflow of its own, which programs from before it do not have.
  'revises-videos',
  'shows-revised-title',
  'takes-first-choice',
] as const;

export type WorkflowChange = (typeof workflowChanges)[number];
