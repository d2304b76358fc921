import { StageError } from '../../domain/errors.ts';
import { sidebar } from './sidebar.ts';
import type { Template } from './template.ts';

const templates: readonly Template[] = [sidebar];

export const templateNames: readonly string[] = templates.map((template) => template.name);

/** @throws StageError TEMPLATE_UNKNOWN naming the templates there are. */
export function findTemplate(name: string): Template {
  const found = templates.find((template) => template.name === name);
  if (found) return found;
  throw new StageError('TEMPLATE_UNKNOWN', `There is no thumbnail template "${name}".`, {
    remedy: 'fix',
    action: `Choose one of these templates: ${templateNames.join(', ')}.`,
  });
}
