/** Records in the order in which a video gets them. */
const records = [
  'prepared.json',
  'activity.json',
  'ranking.json',
  'selection.json',
  'thumbnail.json',
  'upload-session-youtube.json',
  'publication-youtube.json',
  'cleanup.json',
] as const;

const activities = [
  'prepareVideoActivity',
  'rankThumbnailsActivity',
  'selectThumbnailActivity',
  'enhanceThumbnailActivity',
  'uploadVideoActivity',
  'cleanupVideoActivity',
] as const;

/** What can be seen of a video's progress from outside, as `progress.ts` names it. */
export const points = [
  // Its temporary file is there, which is renamed as the next step; and the record itself is.
  ...records.flatMap((record) => [`before ${record}`, `after ${record}`]),
  ...activities.map((activity) => `done ${activity}`),
  'asked videos.insert',
  'answered videos.insert',
  'asked last chunk',
  'answered last chunk',
  'asked videos.update',
  'answered videos.update',
  'recording in completed',
  'recording gone from input',
] as const;

export type Point = (typeof points)[number];

/** When a trouble begins: at a point that one of the videos reaches, or once that many things have happened. */
export type Moment = { readonly point: Point } | { readonly nth: number };

export const describeMoment = (moment: Moment): string =>
  'point' in moment ? `at "${moment.point}"` : `at event ${moment.nth}`;
