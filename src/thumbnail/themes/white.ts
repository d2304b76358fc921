import type { Theme } from './theme.ts';

export const white: Theme = {
  name: 'white',
  panel: ['#ffffff', '#f3f6fb', '#dfe7f2'],
  facetDepth: 0.03,
  text: '#0c1c44',
  muted: '#3f4d70',
  title: '#c4162f',
  accent: '#d81e3a',
  onAccent: '#ffffff',
  band: '#ffffff',
};
