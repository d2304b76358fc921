import type { PeopleByLook } from './sightings.ts';
import type { Survey } from './survey.ts';

/** Mean luma below which a person sees next to nothing. */
const dark = 28;
/** On a court without players, less of the picture than this moves. */
const hardlyAnything = 0.004;

/** What a person should know about the ranking: where it is poor, and why. */
export function notesOn(survey: Survey, people: PeopleByLook | undefined, trouble: string | undefined): string[] {
  const { looks, foregrounds, holdsStill, losses } = survey;
  const notes: string[] = [];
  const brightness = middle(looks.map(({ luma }) => luma.reduce((sum, value) => sum + value, 0) / luma.length));
  if (brightness < dark) notes.push('The recording is very dark: the candidates are poor.');
  else if (holdsStill && middle(foregrounds.map(({ share }) => share)) < hardlyAnything) {
    notes.push('Hardly anything moves in the recording: the candidates are poor.');
  }
  if (losses.cutOff) {
    const { readable, promised } = losses.cutOff;
    notes.push(
      `The recording is cut off: of ${promised.toFixed(0)} s only the first ${readable.toFixed(0)} s can be read.`,
    );
  }
  if (losses.damaged) {
    const { from, to } = losses.damaged;
    notes.push(`The recording is damaged: pictures between ${from.toFixed(0)} and ${to.toFixed(0)} s were left out.`);
  }
  if (!holdsStill) notes.push('The camera moves, so what blocks the view could not be detected.');
  if (trouble) notes.push(`${trouble} Frames are ranked by movement ${people ? 'where it did not look' : 'alone'}.`);
  else if (!people) notes.push('Hardly any player was recognised, so frames are ranked by movement alone.');
  return notes;
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
