import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDesigns } from '../../src/thumbnail/designs/designs.ts';
import { renderThumbnail } from '../../src/thumbnail/render-thumbnail.ts';
import type { ThumbnailRequest } from '../../src/thumbnail/request.ts';
import { hall, requestFor } from './pictures.ts';

export const referenceFolder = fileURLToPath(new URL('./references/', import.meta.url));

/** A thumbnail stored in the project to detect when it changes. */
export interface Reference {
  readonly name: string;
  readonly changes: Partial<ThumbnailRequest>;
}

const { templateNames, themeNames } = openDesigns();

/** Every design, and one with names that are hard to place. */
export const references: readonly Reference[] = [
  ...templateNames.flatMap((template) =>
    themeNames.map((theme) => ({ name: `${template}-${theme}`, changes: { template, theme } })),
  ),
  {
    name: 'long-names-classic',
    changes: {
      grade: 'classic',
      match: {
        matchType: 'xd',
        teams: [
          ['Nguyễn Thị Phượng', 'Đỗ Ánh'],
          ['Łukasz', 'Çağla'],
        ],
        tournament: 'Tournament of the Four Clubs of the City',
      },
    },
  },
];

/** Redraws the reference, from a photo that is drawn too. @param folder for the photo */
export async function drawReference({ changes }: Reference, folder: string): Promise<Buffer> {
  const photo = join(folder, 'hall.png');
  await hall(1280, 720, [0.45, 0.62], 0.6).png().toFile(photo);
  const { jpeg } = await renderThumbnail(requestFor(photo, { size: { width: 640, height: 360 }, ...changes }));
  return jpeg;
}
