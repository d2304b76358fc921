import { zValidator } from '@hono/zod-validator';
import { Hono } from 'hono';
import { z } from 'zod';
import { wanted } from '../../published-list.ts';
import { csv } from '../csv.ts';
import type { StudioEnv } from '../env.ts';
import { within } from '../limits.ts';
import { mistakes } from '../mistakes.ts';
import { publishedList, publishedThumbnail } from '../published.ts';
import type { StudioParts } from '../studio-parts.ts';

const wish = z.object({
  search: z.string().max(200).optional(),
  month: z
    .string()
    .regex(/^\d{4}-\d\d$/)
    .optional(),
  day: z.iso.date().optional(),
});

const columns = [
  'Title',
  'Day',
  'On the channel since',
  'Public from',
  'Channel',
  'Link',
  'Recording',
  'Host',
  'Rehearsal',
];

/** What is on the channel: as a list, as a table for spreadsheets, and the thumbnails. */
export function publishedRoutes(parts: StudioParts) {
  return new Hono<StudioEnv>()
    .get('/', zValidator('query', wish, mistakes), async (c) => {
      const { videos, ...rest } = await publishedList(parts);
      return c.json({ videos: wanted(videos, c.req.valid('query')), ...rest });
    })
    .get('/csv', zValidator('query', wish, mistakes), async (c) => {
      const { videos } = await publishedList(parts);
      const rows = wanted(videos, c.req.valid('query')).map((video) => [
        ...[video.title, video.day, video.publishedAt, video.publishAt ?? ''],
        ...[video.channel ?? '', video.watchUrl, video.recording, video.hostName ?? parts.host.name],
        video.isRehearsal ? 'yes' : 'no',
      ]);
      return c.body(csv([columns, ...rows]), 200, {
        'content-type': 'text/csv; charset=utf-8; header=present',
        'content-disposition': 'attachment; filename="published.csv"',
        'cache-control': 'private, no-store',
      });
    })
    .get('/:id/picture', within(parts.shares.pictures, 'pictures'), async (c) => {
      const picture = await parts.scaled.get(publishedThumbnail(parts, c.req.param('id')), 320);
      return c.body(new Uint8Array(picture), 200, {
        'content-type': 'image/jpeg',
        'cache-control': 'private, max-age=60',
      });
    });
}
