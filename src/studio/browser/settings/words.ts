/** All that the settings page says; what a setting is and what is wrong with a value comes from the schema. */
export const words = {
  title: 'Settings',
  reading: 'Reading the settings …',
  save: 'Save changes',
  revert: 'Discard',
  nothing: 'Nothing is changed.',
  changed: (count: number) => (count === 1 ? '1 change is not saved.' : `${count} changes are not saved.`),
  saved: 'Saved.',
  savedForRestart: 'Saved. Start the program again for what needs it.',
  refused: 'Nothing was saved. See the fields that are marked.',
  waits: 'Changed: start the program again, and it applies.',
  unset: (otherwise: string) => (otherwise ? `Default: ${otherwise}` : 'Default'),
  secretIsSet: 'Set, and not shown',
  removeSecret: 'Remove it',
  fixedBy: (place: string) =>
    `Set in ${place === '.env' ? '.env' : 'the environment'}, which takes precedence. Change it there.`,
  terminalOnly: 'Changed only in a terminal: npx badminton settings set, or in .env.',
  environmentOnly: 'Changed only in the environment or .env.',
  machineOnly: 'Changed only on the machine that runs the studio.',
  applies: {
    'at once': 'Applies at once, to videos that already wait too.',
    'new videos': 'Applies to videos that start from now on.',
    restart: 'Applies when the program is started again.',
  },
  logo: 'Logo',
  chooseLogo: 'Choose a logo',
  logoForm: 'A PNG, JPEG, WebP or plain SVG of at most 2 MB. It is kept at once.',
  logoKept: 'The logo is kept. Thumbnails are drawn with it from now on.',
  removeLogo: 'Remove the logo',
  logoRemoved: 'The logo is removed: the name takes its place.',
  preview: 'A thumbnail with these settings',
  sendTest: 'Send a test',
  nobodyIsTold: 'Nobody is told: no webhook and no command is set.',
  arrived: (channel: string) => `The ${channel} took it.`,
  failed: (channel: string, why: string) => `The ${channel} failed: ${why}.`,
} as const;

/** What people call a setting; without one, its own name does. */
const labels: Readonly<Record<string, string>> = {
  CLUB_NAME: 'Club name',
  HASHTAGS: 'Hashtags',
  TIME_ZONE: 'Time zone',
  TOP_N: 'Number of candidates',
  POSE: 'Look at postures',
  SELECTION_TIMEOUT: 'Time to choose',
  SELECTION_POLICY: 'When nobody chooses',
  TEMPLATE: 'Template',
  THEME: 'Theme',
  THUMBNAIL_SIZE: 'Size',
  THUMBNAIL_MAX_MB: 'Largest file, in MB',
  PUBLISH_TARGET: 'Rehearsal or the real YouTube',
  PRIVACY: 'Privacy',
  PUBLISH_AT: 'Publish time',
  PLAYLIST: 'Playlist',
  TAGS: 'Tags',
  MADE_FOR_KIDS: 'Made for kids',
  SYNTHETIC_MEDIA: 'Altered or generated content',
  LANGUAGE: 'Language',
  UPLOAD_EARLY: 'Upload early',
  UPLOAD_LIMIT: 'Upload limit',
  UPLOAD_LIMIT_HOURS: 'Hours of the limit',
  NOTIFY_WEBHOOK: 'Webhook',
  NOTIFY_COMMAND: 'Command',
  STUDIO_ON_NETWORK: 'On the network',
};

export function labelOf(name: string): string {
  const setting = name.replace(/^BADMINTON_/, '');
  const own = setting.replaceAll('_', ' ').toLowerCase();
  return labels[setting] ?? own.charAt(0).toUpperCase() + own.slice(1);
}
