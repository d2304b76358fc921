import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import type { ThumbnailRequest } from '../../src/thumbnail/request.ts';

/** A folder that is removed after the test. */
export async function temporaryFolder(t: { after(clean: () => Promise<void>): void }): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'thumbnail-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A drawn hall: grey wall, green floor, and dark players standing at the given shares of the width. */
export function hall(width: number, height: number, players: readonly number[], light = 1): Sharp {
  const shade = (red: number, green: number, blue: number) =>
    `rgb(${[red, green, blue].map((c) => c * light).join(' ')})`;
  const figure = (share: number) => {
    const [x, h] = [share * width, height * 0.34];
    return `<g fill="${shade(24, 26, 40)}"><circle cx="${x}" cy="${height * 0.44}" r="${h * 0.11}"/><rect x="${x - h * 0.14}" y="${height * 0.48}" width="${h * 0.28}" height="${h * 0.8}" rx="${h * 0.08}"/></g>`;
  };
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="${shade(150, 155, 160)}"/>
    <rect y="50%" width="100%" height="50%" fill="${shade(40, 150, 100)}"/>
    <rect x="30%" y="8%" width="40%" height="3%" fill="${shade(250, 250, 250)}"/>
    ${players.map(figure).join('')}</svg>`;
  return sharp(Buffer.from(svg)).removeAlpha();
}

export function requestFor(photo: string, changes: Partial<ThumbnailRequest> = {}): ThumbnailRequest {
  return {
    photo,
    match: {
      matchType: 'md',
      teams: [
        ['Nho', 'Vinh'],
        ['Khanh', 'Leo'],
      ],
      tournament: 'Cafe Game',
    },
    date: '2024-12-15',
    template: 'sidebar',
    club: { name: 'Sun Badminton' },
    ...changes,
  };
}
