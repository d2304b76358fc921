import { designHeight } from '../scale.ts';
import type { Theme } from '../themes/theme.ts';
import { drawColumn, type Mode, shows } from './draw-column.ts';
import { drawPanel, outlineOf } from './draw-panel.ts';
import type { TemplateFile } from './format.ts';
import { boundsOf, boxOf, cornersOf, type Point } from './length.ts';
import { together } from './pile.ts';
import type { Box, Content, Drawing } from './template.ts';

/**
 * Fills a template with content: as it is or, if the names would become small and fit better in its other form, in that
 * form.
 * @param width of the whole picture in design pixels; its height is always `designHeight`
 * @returns undefined if the template has no room for any names
 */
export function drawTemplate(
  template: TemplateFile,
  content: Content,
  theme: Theme,
  width: number,
): Drawing | undefined {
  const roomy = drawIn('roomy', template, content, theme, width);
  if (roomy?.comfortable || !hasModes(template)) return roomy?.drawing;
  const crowded = drawIn('crowded', template, content, theme, width);
  return crowded && (!roomy || crowded.worse < roomy.worse) ? crowded.drawing : roomy?.drawing;
}

function hasModes({ panels, columns }: TemplateFile): boolean {
  return [...panels, ...columns, ...columns.flatMap(({ children }) => children)].some(({ when }) => when !== undefined);
}

function drawIn(mode: Mode, template: TemplateFile, content: Content, theme: Theme, width: number) {
  const panels = template.panels.filter(shows(mode));
  const columns = template.columns.filter(shows(mode));
  const parts = columns.map((column) => drawColumn(column, content, theme, width, mode));
  const drawn = parts.filter((part) => part !== undefined);
  if (drawn.length < parts.length) return undefined;

  const photo = within(boxOf(template.photo, width), { x: 0, y: 0, width, height: designHeight });
  const backdrop = panels.map((panel, index) => drawPanel(panel, width, theme, `panel-${index}`)).join('');
  const { shapes, texts } = together([{ shapes: backdrop, texts: [] }, ...drawn]);
  const areas = columns.map(({ area }) => cornersOf(boxOf(area, width)));
  const outlines = [...panels.map((panel) => outlineOf(panel, width)), ...areas].flat();
  const drawing: Drawing = {
    photo,
    covered: coveredBy(template.clear ? boxOf(template.clear, width) : photo, photo),
    hidden: template.hidden.map((area) => shareOf(boxOf(area, width), photo)),
    layer: within(boundsOf(outlines), { x: 0, y: 0, width, height: designHeight }),
    shapes,
    texts,
  };
  return {
    drawing,
    comfortable: drawn.every(({ comfortable }) => comfortable),
    worse: Math.max(...drawn.map(({ worse }) => worse)),
  };
}

/** Shares of the photo outside the clear box. */
function coveredBy(clear: Box, photo: Box): Drawing['covered'] {
  const share = (hidden: number, whole: number) => Math.max(0, hidden / whole);
  return {
    left: share(clear.x - photo.x, photo.width),
    top: share(clear.y - photo.y, photo.height),
    right: share(photo.x + photo.width - clear.x - clear.width, photo.width),
    bottom: share(photo.y + photo.height - clear.y - clear.height, photo.height),
  };
}

/** A box as shares of the photo. */
function shareOf(box: Box, photo: Box): Box {
  return {
    x: (box.x - photo.x) / photo.width,
    y: (box.y - photo.y) / photo.height,
    width: box.width / photo.width,
    height: box.height / photo.height,
  };
}

function within(box: Box, whole: Box): Box {
  const points: Point[] = cornersOf(box).map(([x, y]) => [
    Math.max(whole.x, Math.min(whole.x + whole.width, x)),
    Math.max(whole.y, Math.min(whole.y + whole.height, y)),
  ]);
  return boundsOf(points);
}
