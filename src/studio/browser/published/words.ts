/** Everything that the list of published videos says. */
export const words = {
  title: 'Published videos',
  nav: 'Published',
  reading: 'Looking for published videos …',
  search: 'Search by player, tournament, file or day',
  placeholder: 'Search player, tournament …',
  csv: 'Export as CSV',
  whichDays: 'Which days',
  all: 'All',
  months: 'Months',
  monthBefore: 'The month before',
  monthAfter: 'The month after',
  inAll: (videos: number, days: number) =>
    videos === 0 ? 'No video' : `${count(videos, 'video')} on ${count(days, 'day')}`,
  videos: (number: number) => (number === 1 ? 'video' : 'videos'),
  none: 'Nothing is published yet',
  noneYet: 'A video is listed here, with its link, as soon as it is on the channel.',
  noHit: 'No published video fits',
  noHitFor: (search: string) => `Nothing that was published then is called “${search}”.`,
  noHitThen: 'Nothing was published of those days.',
  showAll: 'Show all',
  more: (videos: number) => `Show ${videos} more`,
  partial: 'Temporal does not answer, so that videos of other hosts may be missing.',
  onChannelSince: (when: string) => `on the channel since ${when}`,
  publicFrom: (when: string) => `public from ${when}`,
  rehearsal: 'rehearsal',
  onlyRehearsed: 'only rehearsed',
  forReal: {
    bar: 'Rehearsed videos',
    rehearsed: (videos: number) =>
      `${count(videos, 'video')} of this machine ${videos === 1 ? 'is' : 'are'} only rehearsed, and not on the real YouTube.`,
    switchFirst: 'To publish for real, switch to the real YouTube first.',
    settings: 'To the settings',
    administrators:
      'They are published for real on the machine that runs the studio, and on devices that were paired as administrators.',
    one: 'Publish for real',
    all: (videos: number) => (videos === 1 ? 'Publish it for real' : `Publish all ${videos} for real`),
    isUnderWay: 'It is being processed.',
    title: (videos: number) => (videos === 1 ? 'Publish this video for real?' : `Publish ${videos} videos for real?`),
    asking: 'Asking YouTube who is signed in …',
    asRehearsed:
      'As it was rehearsed: frame, thumbnail, texts and visibility, and a time of publishing that is still to come. The recording then goes to the completed folder.',
    confirm: 'Publish for real',
    again: 'Ask again',
    leave: 'Not now',
    close: 'Close',
    underWay: (videos: number) =>
      videos === 1
        ? 'It is being published. Each step is shown in the list of all videos.'
        : `${videos} videos are being published. Each step is shown in the list of all videos.`,
    outcomes: {
      started: 'it is started, and you choose its frame: no record says which one the rehearsal shows.',
      joined: 'it is being processed already, as a rehearsal or for real: see the list of all videos.',
      published: 'it is on the real YouTube already.',
      'not-rehearsed': 'it was not rehearsed on this machine.',
    },
  },
  publishedBy: (host: string) => `published by ${host}`,
  copy: 'Copy link',
  ofVideo: (title: string) => `of ${title}`,
  copied: 'The link is copied.',
  linkOf: (title: string) => `Link of ${title}`,
  byHand: 'This browser does not let pages copy. The link is selected: copy it yourself.',
  onlyThere: 'It can be watched on the machine that runs the studio.',
};

const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;
