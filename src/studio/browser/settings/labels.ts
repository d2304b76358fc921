/** What people call the settings and the words they can be set to; names and words themselves are those of the schema. */
const labels: Readonly<Record<string, string>> = {
  DATA_DIR: 'Data folder',
  INPUT_DIR: 'Input folder',
  COMPLETED_DIR: 'Folder for what is published',
  DESIGNS_DIR: 'Folder with your own designs',
  CLUB_NAME: 'Club name',
  CLUB_LOGO: 'Logo',
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
  UPLOAD_CONCURRENCY: 'Uploads at a time',
  UPLOAD_CHUNK_MIB: 'Largest upload chunk, in MiB',
  YOUTUBE_CLIENT: 'Client file from Google',
  YOUTUBE_CREDENTIALS: 'File with the sign-in',
  QUOTA_UNITS: 'Quota units a day',
  QUOTA_UPLOADS: 'Uploads a day',
  YOUTUBE_URL: 'Another YouTube server',
  LOCAL_YOUTUBE_URL: 'Local YouTube elsewhere',
  LOCAL_YOUTUBE_PORT: 'Port of the local YouTube',
  STUDIO_PORT: 'Port of the studio',
  STUDIO_ON_NETWORK: 'On the network',
  NOTIFY_WEBHOOK: 'Webhook',
  NOTIFY_KIND: 'Service behind the webhook',
  NOTIFY_COMMAND: 'Command',
  MACHINES_KEY: 'Key that all machines share',
  MACHINES_PORT: 'Port for the other machines',
  TEMPORAL_PORT: 'Port of the Temporal server',
  TEMPORAL_UI_PORT: 'Port of its Web UI',
  TEMPORAL_CLI: 'Temporal program',
  TASK_QUEUE: 'Task queue',
  PAYLOAD_KEY_FILE: 'File with the encryption keys',
  PAYLOAD_CODEC: 'Module that encodes payloads',
  CPU_CONCURRENCY: 'Rankings at a time',
  HEARTBEAT_TIMEOUT: 'Silence until a worker counts as dead',
  STALL_TIMEOUT: 'Standstill until an attempt ends',
  RETRY_INTERVAL: 'Pause before the first retry',
  RETRY_ATTEMPTS: 'Attempts at a local stage',
  UPLOAD_RETRY_ATTEMPTS: 'Attempts at an upload',
  SHUTDOWN_GRACE: 'Time to finish at a stop',
  METRICS: 'Address of the metrics',
  LOG_LEVEL: 'How much is logged',
  LOG_FORMAT: 'Form of the log',
};

const yesNo = { yes: 'Yes', no: 'No' };

/** By setting, then by the word that it takes. */
const choices: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  POSE: { on: 'With postures', off: 'By movement' },
  SELECTION_POLICY: { wait: 'Keep waiting', best: 'Take the best', cancel: 'Cancel the video' },
  PUBLISH_TARGET: { local: 'Rehearsal', youtube: 'The real YouTube' },
  PRIVACY: { public: 'Everybody', unlisted: 'With the link', private: 'Channel managers' },
  PLAYLIST: { off: 'None', tournament: 'By tournament' },
  MADE_FOR_KIDS: yesNo,
  SYNTHETIC_MEDIA: yesNo,
  UPLOAD_EARLY: { on: 'Before choosing', off: 'After choosing' },
  STUDIO_ON_NETWORK: { yes: 'Devices too', no: 'This machine' },
  NOTIFY_KIND: {
    json: 'Any, as JSON',
    slack: 'Slack',
    discord: 'Discord',
    telegram: 'Telegram',
    ntfy: 'ntfy',
  },
  LOG_LEVEL: { debug: 'Everything', info: 'What happens', warn: 'Warnings', error: 'Errors' },
  LOG_FORMAT: { auto: 'Automatic', json: 'For programs', text: 'For people' },
};

const own = (name: string) => name.replace(/^BADMINTON_/, '');

/** Without one, the setting's own name. */
export const labelOf = (name: string): string => labels[own(name)] ?? name;

/** Undefined for words that need none, such as the name of a template. */
export const choiceLabel = (name: string, value: string): string | undefined => choices[own(name)]?.[value];
