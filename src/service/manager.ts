import type { ServiceKind } from './mark.ts';
import type { ServicePlan } from './plan.ts';

export interface ServiceState {
  /** `restarting`: it ended and is about to be started again. `failed`: it ended and is not. */
  readonly activity: 'running' | 'restarting' | 'stopping' | 'stopped' | 'failed';
  readonly pid?: number;
  /** How the process that ran last ended, while none is running: `exit code 1`, `signal 9`. */
  readonly lastEnd?: string;
}

/** What is installed, whether it runs or not. */
export interface Installed {
  /** The unit or property list. */
  readonly file: string;
  readonly text: string;
  /** Folder of the program that it starts; undefined if somebody else wrote the file. */
  readonly folder?: string | undefined;
  readonly node?: string | undefined;
  /** How long it may take to stop; NaN if that is not in the file. */
  readonly stopSeconds: number;
}

/** systemd or launchd, for the one service that this program can be for a user. */
export interface ServiceManager {
  readonly kind: ServiceKind;
  /** What people call the service there. */
  readonly name: string;
  /** The unit or property list for a plan. */
  textFor(plan: ServicePlan): string;
  installed(): Installed | undefined;
  /** @throws ServiceError if the service manager cannot be asked; so do all below */
  state(): Promise<ServiceState>;
  /** Puts the text in place, and starts the service, or starts it again if the text is another one. */
  install(text: string): Promise<void>;
  start(): Promise<void>;
  /** Returns once it has stopped. */
  stop(): Promise<void>;
  restart(): Promise<void>;
  /** Stops it and removes the unit or property list. */
  uninstall(): Promise<void>;
  /** What a person has to know to keep it running while nobody is logged in; undefined if nothing is to be done. */
  withoutLogin(): Promise<string | undefined>;
  /** Where to find what the program could not write to its own log. */
  readonly ownOutput: string;
}

/** The service manager refused, or cannot be reached; the message says what to do. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
}
