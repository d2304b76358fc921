import { DefaultFailureConverter } from '@temporalio/common';

/**
 * Puts the messages and stacks of failures where a codec encodes them. Bundled with the workflows, and loaded by path; the
 * SDK looks for this name.
 */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
