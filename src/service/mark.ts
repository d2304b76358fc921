/** Tells the program, through its environment, which service manager started it. */
export const serviceMark = 'CAFE_BADMINTON_SERVICE';

export type ServiceKind = 'systemd' | 'launchd';

/** Exit code with which the program asks the service manager to start it again; not a failure. */
export const restartExitCode = 75;

/** Exit code for a wrong setting: starting again would not help. */
export const usageExitCode = 2;
