/** What a contact sheet shows of one ranking. Times are seconds. */
export interface Sheet {
  /** Name of the recording. */
  readonly title: string;
  /** Best first, at least one. */
  readonly candidates: readonly {
    readonly rank: number;
    readonly time: number;
    readonly score: number;
    readonly why: string;
    /** The picture. */
    readonly file: string;
  }[];
  /** Activity over time, 0 to 1; null where it is not known. */
  readonly curve: readonly { readonly time: number; readonly value: number | null }[];
  readonly rallies: readonly { readonly start: number; readonly end: number; readonly intensity: number }[];
  readonly noRallies?: string | undefined;
  readonly rejected: readonly { readonly time: number; readonly reason: string }[];
  /** What a person should know. */
  readonly notes: readonly string[];
}
