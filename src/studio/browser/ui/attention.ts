import type { Attention } from '../../../domain/next-step.ts';

const mendedHere: readonly string[] = ['BAD_NAME', 'METADATA_INVALID'];

/** The video continues as soon as its match is corrected. */
export const needsCorrection = ({ code }: Attention) => mendedHere.includes(code);

/** What to do about it on this page; elsewhere there are commands for it. */
export const actionHere = (attention: Attention) =>
  needsCorrection(attention)
    ? 'Open it and say what the match is. Or cancel it, rename the file and start it again.'
    : attention.hosts
      ? 'Choose the machine whose recording is meant.'
      : attention.action;
