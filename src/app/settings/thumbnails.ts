import { duration, name, oneOf, pictureSize, whole } from './kinds.ts';
import { words } from './words.ts';

export const frameSettings = {
  TOP_N: whole(1, 50).prefault('5').register(words, {
    changeFrom: 'page',
    applies: 'new videos',
    about: 'How many candidates to rank.',
  }),
  POSE: oneOf(['on', 'off']).prefault('on').register(words, {
    changeFrom: 'page',
    applies: 'at once',
    about: "`off` ranks by movement alone, without the players' postures: faster, but less accurate.",
  }),
  SELECTION_TIMEOUT: duration.prefault('0s').register(words, {
    changeFrom: 'page',
    applies: 'new videos',
    about: 'How long a person may take to choose; `0s`: no limit.',
    example: '12h',
  }),
  SELECTION_POLICY: oneOf(['wait', 'best', 'cancel']).prefault('wait').register(words, {
    changeFrom: 'page',
    applies: 'new videos',
    about: 'What happens after that: keep waiting, take the best candidate, or cancel the video.',
  }),
};

export const thumbnailSettings = {
  TEMPLATE: name.prefault('sidebar').register(words, {
    changeFrom: 'page',
    applies: 'new videos',
    about: 'Design: `sidebar`, `bar`, `duel`, or [one of your own](thumbnails.md#a-template).',
  }),
  THEME: name.optional().register(words, {
    changeFrom: 'page',
    applies: 'at once',
    about: 'Colours of every thumbnail: `blue`, `white`, `purple`, or [a theme of your own](thumbnails.md#a-theme).',
    otherwise: 'by the tournament',
    example: 'purple',
  }),
  THUMBNAIL_SIZE: pictureSize.prefault('auto').register(words, {
    changeFrom: 'page',
    applies: 'at once',
    about: '`auto`: 2560x1440, 1920x1080 or 1280x720, the largest that the frame has pixels for.',
    example: '1920x1080',
  }),
  THUMBNAIL_MAX_MB: whole(1, 50).prefault('2').register(words, {
    changeFrom: 'page',
    applies: 'at once',
    about: "Largest file in MB. YouTube's API promises to accept 2.",
  }),
};
