/** Who may see a published video, in YouTube's words. */
export const privacies = ['public', 'unlisted', 'private'] as const;
export type Privacy = (typeof privacies)[number];
