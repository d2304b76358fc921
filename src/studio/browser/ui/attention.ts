import type { Attention } from '../../../domain/next-step.ts';
import { wordsHere } from '../../words-here.ts';

const mendedHere: readonly string[] = ['BAD_NAME', 'METADATA_INVALID'];

/** A person may have found, or made sure, that the recording is not on the channel. */
export const mayBeSentAgain = (code: string | undefined): boolean =>
  code === 'UPLOAD_OUTCOME_UNKNOWN' || code === 'PROCESSING_FAILED' || code === 'PUBLISH_NOT_CONFIRMED';

/** The video continues as soon as its match is corrected. */
export const needsCorrection = ({ code }: Attention) => mendedHere.includes(code);

/** What to do about it on this page; elsewhere there are commands for it. */
export const actionHere = (attention: Attention) =>
  needsCorrection(attention)
    ? 'Open it and say what the match is. Or cancel it, rename the file and start it again.'
    : attention.hosts
      ? 'Choose the machine whose recording is meant.'
      : wordsHere(attention.action);
