import { duration, name, oneOf, pictureSize, whole } from './kinds.ts';
import { words } from './words.ts';

export const frameSettings = {
  TOP_N: whole(1, 50).prefault('5').register(words, { about: 'How many candidates to rank.', fixed: true }),
  POSE: oneOf(['on', 'off']).prefault('on').register(words, {
    about: "`off` ranks by movement alone, without the players' postures: faster, but less accurate.",
  }),
  SELECTION_TIMEOUT: duration.prefault('0s').register(words, {
    about: 'How long a person may take to choose; `0s`: no limit.',
    example: '12h',
    fixed: true,
  }),
  SELECTION_POLICY: oneOf(['wait', 'best', 'cancel']).prefault('wait').register(words, {
    about: 'What happens after that: keep waiting, take the best candidate, or cancel the video.',
    fixed: true,
  }),
};

export const thumbnailSettings = {
  TEMPLATE: name.prefault('sidebar').register(words, {
    about: 'Design: `sidebar`, `bar`, `duel`, or [one of your own](thumbnails.md#a-template).',
    fixed: true,
  }),
  THEME: name.optional().register(words, {
    about: 'Colours of every thumbnail: `blue`, `white`, `purple`, or [a theme of your own](thumbnails.md#a-theme).',
    otherwise: 'by the tournament',
    example: 'purple',
  }),
  THUMBNAIL_SIZE: pictureSize.prefault('auto').register(words, {
    about: '`auto`: 2560x1440, 1920x1080 or 1280x720, the largest that the frame has pixels for.',
    example: '1920x1080',
  }),
  THUMBNAIL_MAX_MB: whole(1, 50).prefault('2').register(words, {
    about: "Largest file in MB. YouTube's API promises to accept 2.",
  }),
};
