import { space } from '../scale.ts';
import { channels, contrast } from '../themes/colour.ts';
import type { Theme } from '../themes/theme.ts';
import type { Box, Logo } from './template.ts';

/** Below this contrast of its ink with the panel a logo gets a plate of its own (WCAG 2.2, 1.4.11: graphics). */
const leastLogoContrast = 3;

/** The logo as large as `room` allows, from its upper left corner. */
export function placeLogo(logo: Logo, room: Box, theme: Theme): { shapes: string; bottom: number } {
  const needsPlate = contrast(logo.ink, channels(theme.panel[0])) < leastLogoContrast;
  const inset = needsPlate ? space.tight : 0;
  const scale = Math.min((room.width - 2 * inset) / logo.width, (room.height - 2 * inset) / logo.height);
  const [width, height] = [logo.width * scale, logo.height * scale];
  const plate = `<rect x="${room.x}" y="${room.y}" width="${width + 2 * inset}" height="${height + 2 * inset}" rx="${space.tight}" fill="${plateColour(logo)}"/>`;
  const image = `<image x="${room.x + inset}" y="${room.y + inset}" width="${width}" height="${height}" href="data:image/png;base64,${logo.png.toString('base64')}"/>`;
  return { shapes: (needsPlate ? plate : '') + image, bottom: room.y + height + 2 * inset };
}

function plateColour(logo: Logo): string {
  const onWhite = contrast(logo.ink, [255, 255, 255]);
  return onWhite >= contrast(logo.ink, [16, 24, 48]) ? '#ffffff' : '#101830';
}
