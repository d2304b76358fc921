/** Which videos are prepared and ranked first. */
export const videoPriorities = ['high', 'normal', 'low'] as const;
export type VideoPriority = (typeof videoPriorities)[number];
