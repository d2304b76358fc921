/** Whether a name ends as those of recordings do. */
export const endsAsRecording = (name: string): boolean => /\.(?:mov|mp4)$/i.test(name);

/**
 * The ending that camcorders give to an MPEG transport stream, as it is written in a name; undefined for any other. Such a
 * recording is read, but only under a name that ends as others do.
 */
export const camcorderEnding = (name: string): string | undefined => /\.(?:m2?ts|m2t|ts)$/i.exec(name)?.[0];

/** What to do with a camcorder's recording, in words that begin a sentence or continue one. */
export const renamedToBeRead = (ending: string): string =>
  `rename the recording so that it ends in .mp4 instead of ${ending}`;

/** Said after it. */
export const staysAsItIs = 'its contents stay as they are and can be read';
