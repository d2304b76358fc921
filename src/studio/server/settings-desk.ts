/** The settings as the page shows and changes them; the composition root knows what they are. */
export interface SettingsDesk {
  view(): SettingsView;
  /** All changes, or none. Returns why nothing was changed; empty when it was. */
  change(changes: SettingChanges): Promise<readonly Mistake[]>;
  /** The program has done at once what this setting says, so that it does not wait for a restart. */
  hasApplied(name: string): void;
  /** Keeps a new logo and sets it. @throws StageError PICTURE_UNREADABLE */
  keepLogo(picture: Buffer, signal: AbortSignal): Promise<readonly Mistake[]>;
  /** Sends a test notice to everybody who is told. */
  sendTest(signal: AbortSignal): Promise<readonly TestedChannel[]>;
  /** Path of a picture to show a thumbnail on while there is no recording. */
  samplePhoto(signal: AbortSignal): Promise<string>;
  /** Stops the program, which is then started again; undefined if nothing would start it again. */
  readonly restart?: (() => void) | undefined;
}

/** New values by the setting's whole name; null takes one out of `settings.json`. */
export type SettingChanges = Readonly<Record<string, string | null>>;

export interface Mistake {
  readonly name: string;
  /** Without the name. */
  readonly problem: string;
}

export interface TestedChannel {
  readonly name: string;
  /** Why it did not arrive. */
  readonly problem?: string;
}

export interface SettingsView {
  readonly groups: readonly { readonly title: string; readonly settings: readonly SettingView[] }[];
  /** Why `settings.json` cannot be used at the moment. */
  readonly problem?: string;
  /** Whether the page can have the program started again. */
  readonly canRestart: boolean;
}

export interface SettingView {
  /** `BADMINTON_…` */
  readonly name: string;
  /** One line, as plain text. */
  readonly about: string;
  /** What it accepts, as plain text. */
  readonly kind: string;
  /** The only words that it accepts. */
  readonly choices?: readonly string[];
  /** As it would be written; absent for a secret, and if the default depends on the machine. */
  readonly value?: string;
  readonly isSecret: boolean;
  readonly source: 'demo' | 'environment' | '.env' | 'settings.json' | 'default';
  /** What happens if it is not set. */
  readonly otherwise: string;
  readonly example?: string;
  readonly changeFrom: 'page' | 'machine' | 'terminal' | 'environment';
  readonly applies: 'at once' | 'new videos' | 'restart';
  /** It was changed, and waits for a restart. */
  readonly waits: boolean;
}
