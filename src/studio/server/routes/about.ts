import { Hono } from 'hono';
import { maxDescriptionBytes, maxTitleLength } from '../../../domain/publish-limits.ts';
import { type Designs, openDesigns } from '../../../thumbnail/designs/designs.ts';
import type { StudioEnv } from '../env.ts';
import { isAdministrator } from '../guard/may.ts';
import type { StudioParts } from '../studio-parts.ts';

/** What is the same for every video. */
export function aboutRoutes(parts: StudioParts) {
  const { host, target, temporalUrl, namespace, dataFolder, inputFolder } = parts;
  return new Hono<StudioEnv>().get('/', (c) => {
    const enhance = parts.enhance();
    const designs = openDesigns(enhance.designs);
    return c.json({
      program: 'cafe-badminton-uploader',
      club: enhance.club.name,
      machine: host.name,
      machineId: host.id,
      isRehearsal: target() === 'local',
      dataFolder,
      inputFolder,
      timeZone: parts.timeZone(),
      templates: designs.templateNames,
      themes: designs.themeNames.map((name) => ({ name, colours: coloursOf(designs, name) })),
      usual: { template: enhance.template, theme: enhance.theme ?? null },
      temporal: temporalUrl ? { url: temporalUrl, namespace } : null,
      isAdministrator: isAdministrator(c),
      /** Whoever opens the studio is led through the first start. */
      isFirstStart: isAdministrator(c) && parts.firstStart.isDue(),
      limits: { titleCharacters: maxTitleLength, descriptionBytes: maxDescriptionBytes },
    });
  });
}

/** Two colours to recognise a theme by; none if its file has mistakes, which drawing with it reports. */
function coloursOf(designs: Designs, name: string): readonly string[] {
  try {
    const { panel, accent } = designs.theme(name);
    return [panel[Math.floor(panel.length / 2)] ?? accent, accent];
  } catch {
    return [];
  }
}
