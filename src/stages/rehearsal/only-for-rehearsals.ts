import path from 'node:path';

/** Whether the real YouTube never gets a recording, wherever videos go. @param folder that holds all of these */
export const isOnlyForRehearsals = (videoPath: string, folder: string | undefined): boolean =>
  folder !== undefined && path.resolve(videoPath).startsWith(folder + path.sep);

export const onlyForRehearsals = 'The sample match is only for rehearsals: the real YouTube does not get it.';
