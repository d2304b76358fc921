import type { ErrorCode } from '../../../domain/errors.ts';
import type { Attention } from '../../../domain/next-step.ts';
import { wordsHere } from '../../words-here.ts';

const fixedHere: readonly string[] = ['BAD_NAME', 'METADATA_INVALID'];

/** A person may have found, or made sure, that the recording is not on the channel. */
export const mayBeSentAgain = (code: string | undefined): boolean =>
  code === 'UPLOAD_OUTCOME_UNKNOWN' || code === 'PROCESSING_FAILED' || code === 'PUBLISH_NOT_CONFIRMED';

/** The video continues as soon as its match is corrected. */
export const needsCorrection = ({ code }: Attention) => fixedHere.includes(code);

/** The same again gives the same, until something else has been done. */
const notByRetrying: readonly (ErrorCode | (string & {}))[] = [
  'NOT_A_VIDEO',
  'DAMAGED_VIDEO',
  'HOST_AMBIGUOUS',
  'FRAME_NOT_FOUND',
  'PICTURE_UNREADABLE',
  'TEMPLATE_UNKNOWN',
  'AUTH_REQUIRED',
  'QUOTA_EXHAUSTED',
  'NEWER_DATA',
];

/** Whether trying again is what a person should do now. */
export const canRetryHelp = ({ code }: Pick<Attention, 'code'>) =>
  !fixedHere.includes(code) && !notByRetrying.includes(code);

/** The video continues as soon as a person has chosen another frame, or another look. */
export const needsOtherFrame = (attention: Attention) =>
  (attention.stage === 'SELECTING' || attention.stage === 'ENHANCING') && !canRetryHelp(attention);

/** What to do about it on this page; elsewhere there are commands for it. */
export const actionHere = (attention: Attention) =>
  needsCorrection(attention)
    ? 'Open it and say what the match is. Or cancel it, rename the file and start it again.'
    : attention.hosts
      ? 'Choose the machine whose recording is meant.'
      : wordsHere(attention.action);
