import { patched as isPatched } from '@temporalio/workflow';
import type { WorkflowChange } from '../workflow-changes.ts';

/** Typed, so that no change is missing in the list by which programs are ordered. */
const patched = (change: WorkflowChange) => isPatched(change);

/**
 * Changes to the workflow that must not affect runs which began before them. Each is checked exactly where the new code
 * behaves differently, and never earlier: from that point on, a run is on the new path.
 */

/** The input is checked before anything else happens. */
export const checksInput = () => patched('checks-input');

/** Without the id of a host, every running one is asked whether it has the recording. */
export const asksEveryHost = () => patched('asks-every-host');

/** A choice that is changed or undone while the video is parked carrying it out leads back to WAITING_FOR_SELECTION. */
export const choiceLeavesPark = () => patched('choice-leaves-park');

/** Another choice is taken until publishing begins, and what carries out the one before it is stopped. */
export const choiceStaysOpen = () => patched('choice-stays-open');

/** A retry at a record that is missing or damaged repeats the stages before it. */
export const retryRepeatsEarlierStages = () => patched('retry-repeats-earlier-stages');

/** An early upload whose queue is busy waits for its turn until the choice is made. */
export const earlyUploadKeepsWaiting = () => patched('early-upload-keeps-waiting');

/**
 * Waiting leaves little in the history: what is shown is written only where it has changed, and an early upload without a
 * timeout gives way to the upload after the choice.
 */
export const keepsHistorySmall = () => patched('keeps-history-small');

/** A run whose history has become long continues as a new one. */
export const continuesAsNew = () => patched('continues-as-new');

/** An input may have the corrections that the video starts with. */
export const takesFirstCorrections = () => patched('takes-first-corrections');

/** An input may have the choice, and the look of the thumbnail, that the video starts with. */
export const takesFirstChoice = () => patched('takes-first-choice');

/** An input may have a priority. */
export const takesPriority = () => patched('takes-priority');

/** The recording's name may be kept out of the search attributes. */
export const mayHideNames = () => patched('hides-names');

/** A revision that ends says which title the channel shows, for lists of videos. */
export const showsRevisedTitle = () => patched('shows-revised-title');
