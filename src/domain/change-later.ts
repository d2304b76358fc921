/**
 * What to do about a video for whose change it is too late, or too early: publishing has begun and has not ended.
 * @param command what follows `npx badminton revise`
 */
export const changeLater = (command: string): string =>
  `It is already being published. Once it is, change it on its page, under “Change the published video”, or with: npx badminton revise ${command}`;
