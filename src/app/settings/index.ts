import { clubSettings, folderSettings } from './folders.ts';
import { machinesSettings, studioSettings, temporalSettings, workerSettings } from './machine.ts';
import { publishingSettings, uploadSettings, youtubeSettings } from './publishing.ts';
import { frameSettings, thumbnailSettings } from './thumbnails.ts';
import { watchingSettings } from './watching.ts';

export const prefix = 'BADMINTON_';

/** Every setting by its name without the prefix: its schema, which carries its default and its description. */
export const settings = {
  ...folderSettings,
  ...clubSettings,
  ...frameSettings,
  ...thumbnailSettings,
  ...publishingSettings,
  ...uploadSettings,
  ...youtubeSettings,
  ...studioSettings,
  ...machinesSettings,
  ...temporalSettings,
  ...workerSettings,
  ...watchingSettings,
};

/** The same settings, grouped as people look for them. */
export const settingGroups = [
  { title: 'Folders', settings: folderSettings },
  { title: 'The club', settings: clubSettings },
  { title: 'Choosing the frame', settings: frameSettings },
  { title: 'Thumbnails', settings: thumbnailSettings },
  { title: 'Publishing', settings: publishingSettings },
  { title: 'Uploads', settings: uploadSettings },
  { title: 'YouTube', settings: youtubeSettings },
  { title: 'Studio and notifications', settings: studioSettings },
  { title: 'Several machines', settings: machinesSettings },
  { title: 'Temporal', settings: temporalSettings },
  { title: 'Worker', settings: workerSettings },
  { title: 'Watching it', settings: watchingSettings },
] as const;
