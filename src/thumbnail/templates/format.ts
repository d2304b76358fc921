import { z } from 'zod';
import { fields } from '../designs/fields.ts';
import { type Space, space, type TypeSize, typeSize } from '../scale.ts';

/** The schema of a template file; docs/thumbnails.md explains what each field means to a club. */

const lengthForm = /^-?\d+(\.\d+)?%( *[+-] *\d+(\.\d+)?)?$/u;
const sayLength = 'must be a number of design pixels, or a share such as 30% or 100% - 40';
const length = z.union([z.number(), z.string().regex(lengthForm, sayLength)], { error: sayLength });
export type Length = z.output<typeof length>;

const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` });
const sayNamed = (scale: object) => `must be one of ${Object.keys(scale).join(', ')}, or a number of pixels up to 200`;
const named = <T extends string>(scale: Record<T, number>) =>
  z.union([z.enum(Object.keys(scale) as T[]), z.number().min(0).max(200)], { error: sayNamed(scale) });
const distance = named<Space>(space);
const fontSize = named<TypeSize>(typeSize);
const capHeight = z.number().min(40, 'must be at least 40, below which names cannot be read').max(200);

const area = fields({
  left: length.optional(),
  right: length.optional(),
  top: length.optional(),
  bottom: length.optional(),
  width: length.optional(),
  height: length.optional(),
})
  .refine(({ left, right, width }) => left === undefined || right === undefined || width === undefined, {
    error: 'may have two of left, right and width, not all three',
  })
  .refine(({ top, bottom, height }) => top === undefined || bottom === undefined || height === undefined, {
    error: 'may have two of top, bottom and height, not all three',
  });
export type AreaFile = z.output<typeof area>;

const point = z.tuple([length, length], { error: 'must be a point such as [0, 100%]' });
const opacity = z.number().min(0, 'must be between 0 and 1').max(1, 'must be between 0 and 1');
const when = oneOf(['roomy', 'crowded']).optional();

const panel = fields({
  area: area.optional(),
  points: z.array(point).min(3, 'must have at least three points').optional(),
  fill: oneOf(['facets', 'panel', 'panelStart', 'panelMiddle', 'panelEnd', 'accent', 'band', 'shade']),
  opacity: opacity.default(1),
  fade: fields({ from: point, to: point, opacity: z.array(opacity).min(2) }).optional(),
  corner: distance.default(0),
  when,
}).refine((each) => (each.area === undefined) !== (each.points === undefined), {
  error: 'must have either area or points',
});
export type PanelFile = z.output<typeof panel>;

const ground = oneOf(['panel', 'accent', 'inverse']);
export type Ground = z.output<typeof ground>;
const colour = oneOf(['text', 'muted', 'title']);
const above = distance.default('medium');
const align = oneOf(['left', 'centre', 'right']);

const logo = fields({
  kind: z.literal('logo'),
  width: z.number().min(16).max(800).default(240),
  height: z.number().min(16).max(400).default(72),
  size: fontSize.default('label'),
  colour: colour.default('muted'),
  plate: ground.optional(),
  align: align.optional(),
  above,
  when,
});
export type LogoFile = z.output<typeof logo>;

const text = fields({
  kind: z.literal('text'),
  show: oneOf(['tournament', 'caption', 'club']).optional(),
  words: z.string().min(1).max(60).optional(),
  width: length.optional(),
  size: z
    .union([fontSize, z.array(fontSize).min(1)], { error: sayNamed(typeSize) })
    .default('label')
    .transform((size) => (Array.isArray(size) ? size : [size])),
  lines: z.union([z.literal(1), z.literal(2)], { error: 'must be 1 or 2' }).default(1),
  colour: colour.default('text'),
  plate: ground.optional(),
  align: align.optional(),
  above,
  when,
}).refine((each) => (each.show === undefined) !== (each.words === undefined), {
  error: 'must have either show or words',
});
export type TextFile = z.output<typeof text>;

const names = fields({
  kind: z.literal('names'),
  arrangement: oneOf(['stack', 'sides', 'rows', 'corners']),
  largest: fields({ singles: capHeight, doubles: capHeight }).default({ singles: 128, doubles: 84 }),
  colour: colour.default('text'),
  above,
  when,
});
export type NamesFile = z.output<typeof names>;

const child = z.discriminatedUnion('kind', [logo, text, names], { error: 'must have a kind: logo, text or names' });

const column = fields({
  area,
  lean: z.number().default(0),
  align: align.default('left'),
  from: oneOf(['top', 'bottom']).default('top'),
  children: z.array(child).min(1, 'must have at least one child'),
  when,
});
export type ColumnFile = z.output<typeof column>;

export const templateFile = fields({
  about: z.string().max(200).optional(),
  photo: area.default({}),
  clear: area.optional(),
  hidden: z.array(area).default([]),
  panels: z.array(panel).default([]),
  columns: z.array(column).min(1, 'must have at least one column'),
}).refine(({ columns }) => columns.some(({ children }) => children.some(({ kind }) => kind === 'names')), {
  error: 'must have a column with the names',
  path: ['columns'],
});
export type TemplateFile = z.output<typeof templateFile>;
