const videos = (number: number) => (number === 1 ? '1 video' : `${number} videos`);

/** Everything that the page says about several videos at once. */
export const words = {
  bar: 'Selected videos',
  select: (name: string) => `Select ${name}`,
  selected: (number: number) => `${number} selected`,
  all: (number: number) => `All ${number}`,
  allOf: (filter: string) => ` of “${filter}”`,
  clear: 'Select none',
  actions: 'Actions',
  tournament: 'Tournament',
  leftOut: (number: number) => `${videos(number)} of the selected ${number === 1 ? 'is' : 'are'} left out: `,
  notNow: 'Not now',
  close: 'Close',
  undo: (number: number) => `Undo ${number === 1 ? 'it' : `all ${number}`}`,
  show: 'Show',
  doing: (done: number, all: number) => `${done} of ${all} …`,
  sum: (done: number, refused: number, did: string) =>
    [done > 0 && `${did}: ${videos(done)}.`, refused > 0 && `Not: ${videos(refused)}.`].filter(Boolean).join(' '),
  undone: (number: number, refused: number) =>
    [number > 0 && `Undone: ${videos(number)}.`, refused > 0 && `Not undone: ${videos(refused)}.`]
      .filter(Boolean)
      .join(' '),
  states: {
    waits: 'Waits for its turn',
    runs: 'In progress …',
    refused: 'Not done',
    perhaps: 'Perhaps done',
    undone: 'Undone',
    undoRefused: 'Not undone',
  },
  notStopped: 'It has not stopped yet. Start it again in the list once it has.',
  deeds: {
    best: {
      press: (number: number) => `Choose the best ${number} …`,
      title: 'Choose the best',
      confirm: 'Choose',
      ask: (number: number) => `Choose the best frame of ${videos(number)}?`,
      about: (seconds: number) =>
        `The best-ranked frame of each becomes its thumbnail. For ${seconds} seconds you can undo it here; then they are published.`,
      others: 'they do not wait for a choice.',
      done: 'Chosen',
    },
    retry: {
      press: (number: number) => `Retry ${number} …`,
      title: 'Retry',
      confirm: 'Retry',
      ask: (number: number) => `Try ${videos(number)} again?`,
      about: () => 'Each repeats the step that it stopped at. There is nothing to undo.',
      others: 'they need no retry, or need something else first.',
      done: 'Trying again',
    },
    tournament: {
      press: (number: number) => `Tournament of ${number} …`,
      title: 'Set the tournament',
      confirm: 'Set',
      ask: (number: number) => `Set the tournament of ${videos(number)}?`,
      about: () =>
        'Title, description and thumbnail follow, unless somebody has typed a title. You can put back what was there.',
      others: 'they are published or cancelled, or it is not known yet which match they are.',
      done: 'Set',
    },
    cancel: {
      press: (number: number) => `Cancel ${number} …`,
      title: 'Cancel',
      confirm: 'Cancel',
      ask: (number: number) => `Cancel ${videos(number)}?`,
      about: () =>
        'Their work stops. The recordings stay where they are. Undo starts them again from there, with what was corrected; a frame has to be chosen again. What is already on the channel stays there, private.',
      others: 'they have ended.',
      done: 'Cancelled',
    },
  },
};
