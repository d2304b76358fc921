import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { stageOptions } from '../../app/stage-options.ts';
import { UsageError } from '../../app/usage-error.ts';
import { drawDesignSheet } from '../../contact-sheet/design-sheet.ts';
import { parseRecordingName } from '../../domain/file-name.ts';
import { displayTeams, type Match } from '../../domain/match.ts';
import { openDesigns } from '../../thumbnail/designs/designs.ts';
import type { Size } from '../../thumbnail/output-size.ts';
import { openThumbnailRenderer, type ThumbnailRenderer, type ThumbnailRequest } from '../../thumbnail/renderer.ts';
import { writePicture } from '../../thumbnail/write-picture.ts';
import { print, say } from '../output.ts';
import { readSettings } from '../session.ts';
import { untilStopped } from '../until-stopped.ts';
import { watchFiles } from '../watch-files.ts';

export interface PreviewOptions {
  /** Name of a recording that the picture could come from. */
  readonly name: string;
  readonly out: string;
  readonly template?: string;
  readonly theme?: string;
  readonly size?: Size;
  readonly crop?: NonNullable<ThumbnailRequest['crop']>;
  readonly grade?: 'auto' | 'classic';
  readonly date?: string;
  readonly all?: true;
  readonly watch?: true;
  readonly json?: true;
}

interface Outcome {
  readonly data: object;
  readonly text: string;
}

/** Draws a thumbnail from a picture and a name, as the stage ENHANCING would: without a recording or Temporal. */
export async function preview(image: string, wishes: PreviewOptions): Promise<void> {
  const { config } = readSettings();
  if (isSameFile(image, wishes.out)) throw new UsageError(`${wishes.out} is the picture itself. Name another file.`);
  const { match, ambiguous } = parseName(wishes.name);
  if (ambiguous) say(`"${wishes.name}" can be read in several ways; this is ${displayTeams(match.teams)}.`);
  const { all, out, template, theme, size, crop, grade, date } = wishes;
  const request: ThumbnailRequest = {
    ...stageOptions(config).enhance,
    photo: path.resolve(image),
    match,
    date,
    crop,
    grade,
    ...(template && { template }),
    ...(theme && { theme }),
    ...(size && { size }),
  };
  const renderer = openThumbnailRenderer();
  const draw = () => (all ? drawAll(renderer, request, match, out) : drawOne(renderer, request, out));
  try {
    if (wishes.watch) return await drawAgainAndAgain(draw, [image, request.club.logo, request.designs]);
    const { data, text } = await draw();
    print(wishes.json, data, () => text);
  } finally {
    await renderer.close();
  }
}

function parseName(name: string) {
  try {
    return parseRecordingName(name);
  } catch (error) {
    const form = '{type}_{team}vs{team}_{tournament}.mov, such as "md_HuyzVietvsThezLeo_Friendly Game.mov"';
    throw new UsageError(`${(error as Error).message}\nGive a name of the form ${form}.`);
  }
}

async function drawOne(renderer: ThumbnailRenderer, request: ThumbnailRequest, file: string): Promise<Outcome> {
  const { jpeg, ...summary } = await renderer.render(request);
  await writePicture(file, jpeg);
  const { width, height, template, theme, warnings } = summary;
  const size = `${width}×${height}, ${Math.ceil(jpeg.length / 1000)} kB`;
  return {
    data: { file, bytes: jpeg.length, ...summary },
    text: [`Drawn: ${file} (${template}, ${theme}, ${size})`, ...warnings].join('\n'),
  };
}

async function drawAll(
  renderer: ThumbnailRenderer,
  request: ThumbnailRequest,
  match: Match,
  file: string,
): Promise<Outcome> {
  const { templateNames, themeNames } = openDesigns(request.designs);
  const rows = [];
  for (const template of templateNames) {
    const row = [];
    for (const theme of themeNames) row.push(await renderer.render({ ...request, template, theme, size: undefined }));
    rows.push(row);
  }
  const title = `${displayTeams(match.teams)} · ${match.tournament}`;
  await writePicture(file, await drawDesignSheet({ title, rows }));
  const drawn = rows.flat();
  const warnings = [...new Set(drawn.flatMap((each) => each.warnings))];
  return {
    data: { file, designs: drawn.map(({ template, theme }) => ({ template, theme })), warnings },
    text: [`Drawn: ${file} (${templateNames.length} templates in ${themeNames.length} themes)`, ...warnings].join('\n'),
  };
}

/** Draws at once and again whenever one of the files changes, until Ctrl-C; failures are printed and do not end it. */
async function drawAgainAndAgain(draw: () => Promise<Outcome>, files: readonly (string | undefined)[]): Promise<void> {
  const redraw = async () => {
    const began = performance.now();
    try {
      const { text } = await draw();
      say(`${text} in ${Math.round(performance.now() - began)} ms`);
    } catch (error) {
      say((error as Error).message);
    }
  };
  const watching = watchFiles(
    files.filter((file) => file !== undefined),
    redraw,
  );
  say('It is redrawn whenever the picture or the design changes. Press Ctrl-C to stop.');
  await untilStopped(watching.ended, () => {});
  await watching.close();
}

function isSameFile(a: string, b: string): boolean {
  return existsSync(a) && existsSync(b) && realpathSync(a) === realpathSync(b);
}
