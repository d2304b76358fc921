const kinds: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android.*Mobile/, 'Android phone'],
  [/Android/, 'Android tablet'],
  [/CrOS/, 'Chromebook'],
  [/Windows/, 'Windows computer'],
  [/Macintosh/, 'Mac'],
  [/Linux/, 'Linux computer'],
];

/** A name to begin with, such as `iPhone`: browsers say no more of a device. */
export const deviceName = (userAgent = '') => kinds.find(([sign]) => sign.test(userAgent))?.[1] ?? 'Device';
