import { patched } from '@temporalio/workflow';

/**
 * Changes of the workflow that runs which began before them must not see. Each is asked at the very point where the
 * new code does something else, and never earlier: a run is on the new path from that point on.
 */

/** The input is checked before anything else happens. */
export const checksInput = () => patched('checks-input');

/** Without the id of a machine, each running one is asked whether it has the recording. */
export const asksEveryHost = () => patched('asks-every-host');

/** A choice that changes while it is parked at being carried out leads back to WAITING_FOR_SELECTION. */
export const choiceLeavesPark = () => patched('choice-leaves-park');

/** An early upload whose lane is busy waits for its turn until the choice is made. */
export const earlyUploadKeepsWaiting = () => patched('early-upload-keeps-waiting');
