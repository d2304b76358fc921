import { captionOf } from './caption.ts';
import { compose } from './compose.ts';
import { drawLayer } from './draw-layer.ts';
import { encodeJpeg } from './encode-jpeg.ts';
import { chooseCrop, personsCrop } from './photo/choose-crop.ts';
import { gradeAuto, gradeClassic } from './photo/grade.ts';
import { readLogo } from './photo/read-logo.ts';
import { type Photo, readPhoto } from './photo/read-photo.ts';
import { findSaliency } from './photo/saliency.ts';
import { type CheckedRequest, checkRequest, type Thumbnail, type ThumbnailRequest } from './request.ts';
import { designHeight } from './scale.ts';
import type { Content, Drawing } from './templates/template.ts';
import { findTemplate } from './templates/templates.ts';
import { printable } from './text/printable.ts';
import { findTheme, themeForTournament } from './themes/themes.ts';

export { templateNames } from './templates/templates.ts';
export { themeForTournament, themeNames } from './themes/themes.ts';

type Warn = (sentence: string) => void;

/**
 * Draws a match's thumbnail: an sRGB JPEG of at most 2,000,000 bytes without metadata. The same request over the same
 * files gives the same bytes.
 * @throws StageError METADATA_INVALID, TEMPLATE_UNKNOWN (of a theme too) or PICTURE_UNREADABLE
 */
export async function renderThumbnail(request: ThumbnailRequest): Promise<Thumbnail> {
  const checked = checkRequest(request);
  const { size, match } = checked;
  const template = findTemplate(checked.template);
  const theme = findTheme(checked.theme ?? themeForTournament(match.tournament));
  const warnings = new Set<string>();
  const warn: Warn = (sentence) => warnings.add(sentence);

  const scale = size.height / designHeight;
  const photo = await readPhoto(checked.photo);
  const drawing = template.draw(await gatherContent(checked, warn), theme, size.width / scale);
  const layer = await drawLayer(drawing, scale);
  const picture = await finishPhoto(photo, drawing, checked, warn);
  const jpeg = await encodeJpeg(compose(picture.pixels, picture.at, layer, size));
  return { jpeg, ...size, template: template.name, theme: theme.name, warnings: [...warnings] };
}

async function gatherContent({ club, match, date }: CheckedRequest, warn: Warn): Promise<Content> {
  const logo = club.logo === undefined ? undefined : await logoOrWarning(club.logo, warn);
  return {
    club: printable(club.name, 'label', warn),
    ...(logo && { logo }),
    tournament: printable(match.tournament, 'title', warn),
    teams: match.teams.map((team) => team.map((player) => printable(player, 'name', warn))),
    caption: printable(captionOf(match.matchType, date), 'label', warn),
  };
}

/** A thumbnail without its logo is better than none. */
async function logoOrWarning(path: string, warn: Warn) {
  try {
    return await readLogo(path);
  } catch (cause) {
    warn(`The logo ${path} cannot be read, the club's name was drawn instead: ${(cause as Error).message}`);
    return undefined;
  }
}

/** Cuts and grades the photo for its place in the design, in pixels of the finished picture. */
async function finishPhoto(photo: Photo, drawing: Drawing, { size, crop, grade }: CheckedRequest, warn: Warn) {
  const scale = size.height / designHeight;
  const left = Math.floor(drawing.photo.x * scale);
  const top = Math.floor(drawing.photo.y * scale);
  const width = Math.min(size.width, Math.ceil((drawing.photo.x + drawing.photo.width) * scale)) - left;
  const height = Math.min(size.height, Math.ceil((drawing.photo.y + drawing.photo.height) * scale)) - top;

  const wish = { photo, shown: { width, height }, covered: drawing.covered };
  const box = crop ? personsCrop(crop, wish) : chooseCrop(findSaliency(photo.overview), wish);
  if (box.width * 2 < width) {
    warn(`The photo is small: ${box.width}×${box.height} of its pixels fill ${width}×${height}, it looks soft.`);
  }
  const cut = await photo.cut(box, width, height);
  return { pixels: grade === 'auto' ? gradeAuto(cut) : await gradeClassic(cut), at: { left, top } };
}
