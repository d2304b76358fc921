import type { Theme } from './theme.ts';

export const blue: Theme = {
  name: 'blue',
  panel: ['#0b1d5e', '#0d3596', '#0a4bc0'],
  facetDepth: 0.055,
  text: '#ffffff',
  muted: '#cfe0ff',
  title: '#d8f34a',
  accent: '#d8f34a',
  onAccent: '#0b1d5e',
  band: '#3d8bff',
};
