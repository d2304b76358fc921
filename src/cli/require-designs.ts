import type { Config } from '../app/config.ts';
import { openDesigns } from '../thumbnail/designs/designs.ts';

/**
 * Told now rather than after a person has chosen a frame for it.
 * @param template that was asked for instead of the configured one
 * @throws StageError TEMPLATE_UNKNOWN (of a theme too) or DESIGN_INVALID
 */
export function requireDesigns({ DESIGNS_DIR, TEMPLATE, THEME }: Config, template = TEMPLATE): void {
  const designs = openDesigns(DESIGNS_DIR);
  designs.template(template);
  if (THEME !== undefined) designs.theme(THEME);
}
