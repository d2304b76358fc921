import type { Theme } from './theme.ts';

export const purple: Theme = {
  name: 'purple',
  panel: ['#26094d', '#46148a', '#6420b4'],
  facetDepth: 0.055,
  text: '#ffffff',
  muted: '#e3d3ff',
  title: '#ffcb45',
  accent: '#ffcb45',
  onAccent: '#26094d',
  band: '#a65cff',
};
