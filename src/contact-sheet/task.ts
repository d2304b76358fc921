import type { Task } from '../child/protocol.ts';
import { writeAtomically } from '../thumbnail/write-atomically.ts';
import { drawSheet } from './draw-sheet.ts';
import type { Sheet } from './sheet.ts';

export interface SheetInput {
  readonly sheet: Sheet;
  readonly out: string;
  /** In the same folder as `out`. */
  readonly temporary: string;
}

export const run: Task<SheetInput, never, void> = async ({ sheet, out, temporary }) => {
  await writeAtomically(out, temporary, await drawSheet(sheet));
};
