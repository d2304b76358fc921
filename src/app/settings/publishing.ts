import {
  address,
  bandwidth,
  file,
  hoursOfDay,
  language,
  oneOf,
  phrases,
  port,
  timeOfDay,
  whole,
  yesNo,
} from './kinds.ts';
import { words } from './words.ts';

export const publishingSettings = {
  PUBLISH_TARGET: oneOf(['local', 'youtube']).prefault('local').register(words, {
    changeFrom: 'page',
    applies: 'at once',
    about: '`local` is a rehearsal; `youtube` is [the real one](youtube.md#4-switch-over).',
  }),
  PRIVACY: oneOf(['public', 'unlisted', 'private']).prefault('unlisted').register(words, {
    changeFrom: 'page',
    applies: 'at once',
    about: 'Visibility of a video, unless it was corrected for that match.',
  }),
  PUBLISH_AT: timeOfDay.optional().register(words, {
    changeFrom: 'page',
    applies: 'at once',
    about: 'Time of day at which public videos go public. Needs `BADMINTON_PRIVACY=public`.',
    otherwise: 'at once',
    example: '18:00',
  }),
  PLAYLIST: oneOf(['off', 'tournament']).prefault('off').register(words, {
    changeFrom: 'page',
    applies: 'at once',
    about: '`tournament` adds each match to a playlist of its tournament, which is created once.',
  }),
  TAGS: phrases.prefault('').register(words, {
    changeFrom: 'page',
    applies: 'at once',
    about: 'Additional tags.',
    otherwise: 'none',
    example: 'doubles, club night',
  }),
  MADE_FOR_KIDS: yesNo.prefault('no').register(words, {
    changeFrom: 'page',
    applies: 'at once',
    about: 'Whether videos are declared as made for kids.',
  }),
  SYNTHETIC_MEDIA: yesNo.prefault('no').register(words, {
    changeFrom: 'page',
    applies: 'at once',
    about: 'Whether videos are declared to hold realistic altered or generated content.',
  }),
  LANGUAGE: language.optional().register(words, {
    changeFrom: 'page',
    applies: 'at once',
    about: 'Language of texts and speech.',
    otherwise: 'not declared',
    example: 'en-GB',
  }),
};

export const uploadSettings = {
  UPLOAD_EARLY: oneOf(['on', 'off']).prefault('off').register(words, {
    changeFrom: 'page',
    applies: 'new videos',
    about: '`on` uploads the recording as private before a frame is chosen.',
  }),
  UPLOAD_LIMIT: bandwidth.optional().register(words, {
    changeFrom: 'page',
    applies: 'at once',
    about: 'Most bandwidth that all uploads of one worker may use together.',
    otherwise: 'no limit',
    example: '20Mbit/s',
  }),
  UPLOAD_LIMIT_HOURS: hoursOfDay.optional().register(words, {
    changeFrom: 'page',
    applies: 'at once',
    about: 'Hours when that limit applies; full speed outside them.',
    otherwise: 'all day',
    example: '18-23',
  }),
  UPLOAD_CONCURRENCY: whole(1, 16).prefault('2').register(words, {
    changeFrom: 'page',
    applies: 'restart',
    about: 'How many recordings are uploaded at a time, and how many early, before the choice, beside them.',
  }),
  UPLOAD_CHUNK_MIB: whole(1, 1024).prefault('256').register(words, {
    changeFrom: 'page',
    applies: 'at once',
    about: 'Largest upload chunk in MiB. Chunks grow with the speed of the line until each takes a few seconds.',
  }),
};

export const youtubeSettings = {
  YOUTUBE_CLIENT: file.optional().register(words, {
    changeFrom: 'terminal',
    applies: 'restart',
    about: 'The OAuth client, as downloaded from the Google Cloud console.',
    otherwise: '`youtube-client.json` in the data folder',
  }),
  YOUTUBE_CREDENTIALS: file.optional().register(words, {
    changeFrom: 'terminal',
    applies: 'restart',
    about: 'The sign-in to YouTube, written by `npx badminton auth`.',
    otherwise: '`youtube-credentials.json` in the data folder',
  }),
  QUOTA_UNITS: whole(0, 100_000_000).prefault('10000').register(words, {
    changeFrom: 'page',
    applies: 'at once',
    about: "Units of YouTube's API a day; see [Quota](youtube.md#quota).",
  }),
  QUOTA_UPLOADS: whole(0, 1_000_000).prefault('100').register(words, {
    changeFrom: 'page',
    applies: 'at once',
    about: 'Uploads a day.',
  }),
  YOUTUBE_URL: address('http://127.0.0.1:8090/').optional().register(words, {
    changeFrom: 'terminal',
    applies: 'restart',
    about:
      "Another server that speaks YouTube's API, in place of the publish target that is set; of the real one only, with the next setting.",
    otherwise: 'none',
    example: 'http://127.0.0.1:8090/',
  }),
  LOCAL_YOUTUBE_URL: address('http://127.0.0.1:8090/').optional().register(words, {
    changeFrom: 'terminal',
    applies: 'restart',
    about: 'A local YouTube for rehearsals that runs elsewhere.',
    otherwise: 'this program serves one',
    example: 'http://127.0.0.1:8091/',
  }),
  LOCAL_YOUTUBE_PORT: port.prefault('8090').register(words, {
    changeFrom: 'machine',
    applies: 'restart',
    about: 'The local YouTube.',
  }),
};
