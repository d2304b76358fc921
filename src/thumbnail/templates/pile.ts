import { space, typeSize } from '../scale.ts';
import type { Theme } from '../themes/theme.ts';
import { type Block, logoBlock, pixelsOf, textBlock } from './block.ts';
import type { ColumnFile, NamesFile } from './format.ts';
import type { Content, Drawn } from './template.ts';

export type Fixed = Exclude<ColumnFile['children'][number], NamesFile>;

/** Stacked blocks; those with nothing to say are left out together with their spacing. */
export interface Pile {
  /** 0 if there are no blocks. */
  readonly height: number;
  drawAt(top: number): Drawn;
}

export const shareBefore = { left: 0, centre: 0.5, right: 1 } as const;
/** Approximate distance from a block's upper end to its lower one, where its width is measured. */
const usualBlock = 3 * typeSize.title;

interface PileRoom {
  readonly left: number;
  readonly align: ColumnFile['align'];
  /** Width at that distance below the pile's upper end. */
  widthAt(offset: number): number;
}

export function pile(children: readonly Fixed[], room: PileRoom, content: Content, theme: Theme): Pile {
  const placed: { block: Block; x: number; offset: number }[] = [];
  let height = 0;
  for (const child of children) {
    const offset = height + (placed.length > 0 ? pixelsOf(child.above, space) : 0);
    const free = room.widthAt(offset + usualBlock);
    const block =
      child.kind === 'logo' ? logoBlock(child, content, theme, free) : textBlock(child, content, theme, free);
    if (!block) continue;
    placed.push({ block, x: room.left + (free - block.width) * shareBefore[child.align ?? room.align], offset });
    height = offset + block.height;
  }
  return {
    height,
    drawAt: (top) => together(placed.map(({ block, x, offset }) => block.drawAt(x, top + offset))),
  };
}

export const together = (parts: readonly Drawn[]): Drawn => ({
  shapes: parts.map(({ shapes }) => shapes).join(''),
  texts: parts.flatMap(({ texts }) => texts),
});
