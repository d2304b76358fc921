import { file, folder, hashtags, shortText, timeZone } from './kinds.ts';
import { words } from './words.ts';

export const folderSettings = {
  DATA_DIR: folder.prefault('data').register(words, {
    changeFrom: 'environment',
    applies: 'restart',
    about: 'Holds everything the program keeps; see [Folders](operations.md#folders).',
  }),
  INPUT_DIR: folder.optional().register(words, {
    changeFrom: 'machine',
    applies: 'restart',
    about: 'The input folder: recordings that appear here are started.',
    otherwise: '`input` in the data folder',
  }),
  COMPLETED_DIR: folder.optional().register(words, {
    changeFrom: 'machine',
    applies: 'at once',
    about: 'Where a recording is moved once its video is confirmed as published.',
    otherwise: '`completed` in the data folder',
  }),
  DESIGNS_DIR: folder.optional().register(words, {
    changeFrom: 'machine',
    applies: 'at once',
    about: "The club's own [templates and themes](thumbnails.md#designs-of-your-own).",
    otherwise: '`designs` in the data folder',
  }),
};

export const clubSettings = {
  CLUB_NAME: shortText(40).prefault('Cafe Badminton').register(words, {
    changeFrom: 'page',
    applies: 'at once',
    about: 'Name on the thumbnail.',
  }),
  CLUB_LOGO: file.optional().register(words, {
    changeFrom: 'terminal',
    applies: 'at once',
    about: 'Logo on the thumbnail: a PNG or SVG, for example.',
    otherwise: 'the name in its place',
    example: '/path/to/logo.png',
  }),
  HASHTAGS: hashtags.prefault('sunbadminton badminton cafebadminton').register(words, {
    changeFrom: 'page',
    applies: 'at once',
    about: "The club's hashtags in every description, without `#`.",
  }),
  TIME_ZONE: timeZone.prefault(Intl.DateTimeFormat().resolvedOptions().timeZone).register(words, {
    changeFrom: 'page',
    applies: 'at once',
    about: "Time zone for a recording's date and for times of day.",
    otherwise: "the machine's",
    example: 'Asia/Ho_Chi_Minh',
  }),
};
