/** Headers that authorize calls to YouTube. `refresh`: the last headers were answered with 401. */
export interface YouTubeAuth {
  authorize(options?: { refresh?: boolean }): Promise<Record<string, string>>;
}
