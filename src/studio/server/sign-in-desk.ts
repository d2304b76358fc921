/** Signing in to YouTube, as the page does it; the composition root knows how. No token ever passes here. */
export interface SignInDesk {
  view(): SignInView;
  /**
   * Keeps the file of Google's OAuth client.
   * @throws StageError AUTH_REQUIRED saying what the file really is; RequestError if it is kept elsewhere
   */
  keepClient(text: string): void;
  /** Begins a sign-in; one that is in progress ends. @throws StageError AUTH_REQUIRED without a usable client */
  begin(): Promise<void>;
  /** Takes the address where a browser on another machine ended up. */
  answer(address: string): void;
  /** Ends the sign-in in progress, if there is one. */
  stop(): void;
  /** Revokes the sign-in, at Google and here. @throws StageError if Google cannot be reached: nothing changes then */
  signOut(): Promise<void>;
}

export interface SignInView {
  readonly isRehearsal: boolean;
  readonly client: Usable;
  readonly signIn: Usable;
  /** The channel of the sign-in, if it is known. */
  readonly channel?: { readonly id: string; readonly title: string };
  /** A person is asked in a browser. */
  readonly pending?: {
    /** Where they approve it. */
    readonly address: string;
    /** How the address begins where the browser ends up. */
    readonly redirectUri: string;
    /** Why the last answer was of no use. */
    readonly useless?: string;
  };
  /** Why the last attempt failed. */
  readonly failed?: string;
  /** Videos went to this channel before. */
  readonly before?: string;
}

export interface Usable {
  readonly state: 'ready' | 'missing' | 'unusable' | 'refused';
  /** What is wrong, and what to do. */
  readonly problem?: string;
}
