/** How a run ended when neither the workflow nor a person who cancelled it ended it. */
export interface Ending {
  readonly how: 'failed' | 'terminated' | 'timed out';
  /** In the words of who or what ended it; absent when the server keeps none. */
  readonly reason?: string;
}

/** How and why the server ended it, as a sentence. */
export function describeEnding({ how, reason }: Ending): string {
  const sentence = {
    failed: 'Its workflow failed',
    terminated: 'It was terminated on the server',
    'timed out': 'The time that the server allows its workflow ran out',
  }[how];
  if (!reason) return `${sentence}.`;
  return `${sentence}: ${reason}${/[.!?…]$/.test(reason) ? '' : '.'}`;
}
