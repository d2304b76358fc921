import { z } from 'zod';
import { fields } from '../designs/fields.ts';
import { leastContrast } from '../scale.ts';
import { channels, contrast, mix } from './colour.ts';
import type { Colour, Theme } from './theme.ts';

/** The schema of a theme file; docs/thumbnails.md explains what each field means to a club. */

const colour = z
  .string({ error: 'must be a colour in quotes such as "#0b1d5e"' })
  .regex(/^#[0-9a-f]{6}$/iu, 'must be a colour such as "#0b1d5e"')
  .transform((text) => text.toLowerCase() as Colour);

export const themeFile = fields({
  about: z.string().max(200).optional(),
  tournaments: z.array(z.string().trim().min(1, 'must not be empty')).default([]),
  panel: z.tuple([colour, colour, colour], { error: 'must be three colours: start, middle and end' }),
  facetDepth: z.number().min(0, 'must be between 0 and 0.15').max(0.15, 'must be between 0 and 0.15').default(0.05),
  text: colour,
  muted: colour,
  title: colour,
  accent: colour,
  onAccent: colour,
  band: colour,
}).superRefine((theme, context) => {
  for (const { role, ground, ratio } of unreadable(theme)) {
    context.addIssue({
      code: 'custom',
      path: [role],
      message: `has a contrast of ${ratio.toFixed(2)} on ${ground}, it must be at least ${leastContrast}`,
    });
  }
});

type Colours = Omit<Theme, 'name'>;

/**
 * Pairs of text and background whose contrast is too low (WCAG 2.2, success criterion 1.4.3); the worst for each text.
 */
function unreadable(theme: Colours) {
  const facets = theme.panel.flatMap((base) => [
    mix(base, '#ffffff', theme.facetDepth),
    mix(base, '#000000', theme.facetDepth),
  ]);
  const pairs = (['text', 'muted', 'title'] as const).map((role) => ({ role, grounds: facets, name: 'the panel' }));
  return [...pairs, { role: 'onAccent' as const, grounds: [theme.accent], name: 'the accent' }]
    .map(({ role, grounds, name }) => {
      const [worst] = grounds
        .map((ground) => ({ ground, ratio: contrast(channels(theme[role]), channels(ground)) }))
        .sort((a, b) => a.ratio - b.ratio);
      return { role, ground: `${name} (${worst?.ground})`, ratio: worst?.ratio ?? 0 };
    })
    .filter(({ ratio }) => ratio < leastContrast);
}
