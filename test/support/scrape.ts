/** The metrics of one scrape, by name: the labels of each of its samples, and its value. */
export type Scrape = ReadonlyMap<string, readonly Sample[]>;

export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Reads Prometheus' text format. @throws Error for a line that does not fit it */
export function readScrape(text: string): Scrape {
  const scrape = new Map<string, Sample[]>();
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const [, name = '', written = '', value] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (value === undefined) throw new Error(`This is no sample: ${line}`);
    const labels = Object.fromEntries(
      [...written.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key = '', text = '']) => [key, text]),
    );
    const samples = scrape.get(name) ?? [];
    scrape.set(name, [...samples, { labels, value: Number(value) }]);
  }
  return scrape;
}

/** The value of the one sample with these labels. @throws Error if there is not exactly one */
export function sampleOf(scrape: Scrape, name: string, wanted: Readonly<Record<string, string>> = {}): number {
  const fits = ({ labels }: Sample) => Object.entries(wanted).every(([key, text]) => labels[key] === text);
  const [sample, ...others] = (scrape.get(name) ?? []).filter(fits);
  if (!sample || others.length > 0) throw new Error(`${name} has ${sample ? 'several samples' : 'no sample'}`);
  return sample.value;
}
