const minute = 60_000;
const longestPause = 30 * 24 * 60 * minute;
const firstPause = 10 * minute;

/**
 * How long a video that is parked for a dead sign-in waits before it checks by itself whether that works again:
 * milliseconds. The worker notices a new sign-in at once, or when it starts, so these checks are for what no
 * worker sees, and each is an entry in a history that must stay small: 23 in the first year.
 * @param times how often it has checked in vain
 */
export const pauseBeforeSignInCheck = (times: number): number => Math.min(longestPause, firstPause * 2 ** times);
