/** Commands of the terminal, and what a person does on a page instead. A rehearsal is signed in to only in the terminal. */
const insteadOf: readonly (readonly [RegExp, string])[] = [
  [/ \(start one (there )?with npx badminton worker\)/g, ''],
  [/Sign in with: npx badminton auth(?! --rehearse)/g, 'Sign in under Settings.'],
  [/, or with: npx badminton publish-rehearsed/g, '.'],
  [/ To try now: npx badminton retry \S+/g, ''],
  [/ To try again: npx badminton retry \S+ To give up: npx badminton cancel \S+/g, ' Then press Retry, or cancel it.'],
  [/ In a terminal, without Temporal: npx badminton stage .*$/g, ''],
  [/Say what the match is: npx badminton correct ID --type md --teams "A\/B vs C\/D"\./g, 'Say what the match is.'],
  [/; to undo it: npx badminton select \S+ --undo/g, '; it can still be undone.'],
  [/, or with: npx badminton revise .*$/g, '.'],
  [/npx badminton retry \S+ --send-again/g, 'press Send again.'],
  [/npx badminton retry \S+/g, 'press Retry.'],
  [/: npx badminton select\b[^.)]*/g, '.'],
  [/the status tells: npx badminton status \S+/g, 'its page tells.'],
  [/If none runs: npm start \(or: npx badminton worker\)/g, 'If none runs, start the program again with npm start.'],
  [/(Correct \w+ \w+|Correct it) with:? `?npx badminton correct`?( ID --date)?/g, '$1 on its page.'],
];

/** What a workflow or the server says to a person, in the words of a page, which has buttons for most commands. */
export const wordsHere = (text: string): string =>
  insteadOf.reduce((words, [command, instead]) => words.replace(command, instead), text).replaceAll(/\.\.+/g, '.');

/** A sentence about a file that names it once. */
export const aboutFile = (name: string, sentence: string): string =>
  sentence.includes(name) ? sentence : `${name}: ${sentence}`;
