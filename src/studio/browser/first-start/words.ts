/** All that the first start says of itself; the parts that it shares with other pages bring their own words. */
export const words = {
  name: 'First start',
  reading: 'Reading the settings …',
  notHere: 'The first start is shown on the machine that runs the studio, and on administrators’ devices.',
  progress: (at: number, of: number) => `${at} of ${of}`,
  steps: { club: 'The club', recordings: 'Recordings', youtube: 'YouTube', phone: 'Phones', end: 'Ready' },
  back: 'Back',
  later: 'Leave this for later',
  allLater: 'Leave all of it for later',
  allLaterNote: 'You can find it again under Settings.',
  next: 'Continue',
  save: 'Save and continue',
  finish: 'To the videos',
  again: 'Go through the first start again',
  club: {
    title: 'What is your club called?',
    about: 'The name and the logo are on every thumbnail. You can change both at any time.',
  },
  recordings: {
    title: 'Where do recordings come from?',
    page: 'From this page:',
    pageAbout:
      'drop recordings on any page of the studio, or press Add recordings. This works from a paired phone as well.',
    folder: 'From a folder:',
    folderAbout: 'what is copied into this folder is found by itself, once it has been copied whole.',
    waits: (folder: string) => `From the next start of the program on, it is ${folder}.`,
    usual: 'the usual one',
    restartByHand: 'Stop the program and start it again.',
    naming: 'How a file is named',
    namingAbout: 'Type, teams, tournament: from such a name, the studio knows the match.',
    noHarm:
      'A wrong name does no harm. If the studio cannot read it, it asks you which match it is, and publishes nothing before then. What it has read wrongly you can correct.',
    builder: 'Try it',
    nameOf: 'Name of the file',
    example: 'For example',
    becomes: (teams: string, tournament: string) => `${teams} · ${tournament}`,
    none: 'No file name says this. Give the file any name, and say in the studio which match it is.',
    copy: 'Copy the name',
    copied: 'Copied.',
    notCopied: 'This browser does not let pages copy. Select the name and copy it yourself.',
  },
  youtube: {
    title: 'Rehearse first, then YouTube',
    rehearsal:
      'Everything is a rehearsal at first: videos go to a YouTube of this machine, not to the real one. Try everything out. You need this step only when the club wants to publish, and can take it at any time under Settings.',
    real: 'The program is set to publish to the real YouTube. It needs the sign-in of the club’s channel.',
  },
  phone: {
    title: 'Would you like to choose on a phone?',
    about:
      'A paired phone or tablet can choose frames and add recordings. You find this again at the top, under Paired devices.',
    elsewhere: 'A device is paired only on the machine that runs the studio.',
    paired: (names: string) => `Paired: ${names}.`,
    unnamed: 'a device',
  },
  end: {
    title: 'Make your first choice',
    about:
      'With recordings of your own it is the same: add them, and you are needed again when frames are to be chosen.',
  },
  sample: {
    about:
      'The studio draws a short match, looks for its best frames, and asks you to choose one. This is a rehearsal: it goes to the YouTube of this machine, not to the real one.',
    refused:
      'The sample match is only for rehearsals, so it is not offered while videos go to the real YouTube. Add a recording of your club.',
    begin: 'Put the sample match into the queue',
    drawing: 'Drawing the sample match',
    percent: (percent: number) => `${percent} %`,
    starting: 'Starting',
    published: 'The sample match is published already, as a rehearsal.',
    open: 'Open the sample match',
  },
} as const;
