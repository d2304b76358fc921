import type { Config } from '../app/config.ts';
import { openDesigns } from '../thumbnail/designs/designs.ts';

/**
 * Checks the template and theme now rather than after a person has chosen a frame.
 * @param template one that was asked for instead of the configured one
 * @throws StageError TEMPLATE_UNKNOWN (also for a theme), DESIGN_INVALID
 */
export function requireDesigns({ DESIGNS_DIR, TEMPLATE, THEME }: Config, template = TEMPLATE): void {
  const designs = openDesigns(DESIGNS_DIR);
  designs.template(template);
  if (THEME !== undefined) designs.theme(THEME);
}
