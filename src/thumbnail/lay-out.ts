import { StageError } from '../domain/errors.ts';
import { captionOf } from './caption.ts';
import { openDesigns } from './designs/designs.ts';
import type { Memory } from './memory.ts';
import { usualSize } from './output-size.ts';
import { fileVersion } from './photo/file-version.ts';
import { readLogo } from './photo/read-logo.ts';
import type { CheckedRequest } from './request.ts';
import { designHeight } from './scale.ts';
import { drawTemplate } from './templates/draw-template.ts';
import type { Content, Drawing } from './templates/template.ts';
import { printable } from './text/printable.ts';

/** Tells a person what could not be drawn as requested. */
export type Warn = (sentence: string) => void;

/** A design filled in with a match. */
export interface LaidOut {
  readonly template: string;
  readonly theme: string;
  readonly drawing: Drawing;
}

/** @throws StageError TEMPLATE_UNKNOWN (of a theme too) or DESIGN_INVALID */
export async function layOut(request: CheckedRequest, memory: Memory, warn: Warn): Promise<LaidOut> {
  const designs = openDesigns(request.designs);
  const template = designs.template(request.template);
  const theme =
    request.theme === undefined ? designs.themeFor(request.match.tournament, warn) : designs.theme(request.theme);
  const { width, height } = request.size === 'auto' ? usualSize : request.size;
  const content = await gatherContent(request, memory, warn);
  const drawing = drawTemplate(template, content, theme, (width / height) * designHeight);
  if (!drawing) throw noRoom(template.name);
  return { template: template.name, theme: theme.name, drawing };
}

async function gatherContent({ club, match, date }: CheckedRequest, memory: Memory, warn: Warn): Promise<Content> {
  const logo = club.logo === undefined ? undefined : await logoOrWarning(club.logo, memory, warn);
  return {
    club: printable(club.name, 'label', warn),
    ...(logo && { logo }),
    tournament: printable(match.tournament, 'title', warn),
    teams: match.teams.map((team) => team.map((player) => printable(player, 'name', warn))),
    caption: printable(captionOf(match.matchType, date), 'label', warn),
    own: (words) => printable(words, 'label', warn),
  };
}

function noRoom(template: string): StageError {
  return new StageError('DESIGN_INVALID', `The template "${template}" has no room for the names.`, {
    remedy: 'fix',
    action: 'Make the names column larger, or choose another template, then retry.',
  });
}

/** A thumbnail without its logo is better than none. */
async function logoOrWarning(path: string, memory: Memory, warn: Warn) {
  try {
    return await memory.logos.get(await fileVersion(path), () => readLogo(path));
  } catch (cause) {
    warn(`The logo ${path} cannot be read, so the club's name was drawn instead: ${(cause as Error).message}`);
    return undefined;
  }
}
