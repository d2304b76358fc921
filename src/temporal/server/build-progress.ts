/** How far along a build with `go build -v` is. */
export interface BuildProgress {
  /** Reads one line that Go wrote to standard error. */
  line(line: string): void;
  /** Sets how many packages will be compiled. */
  expect(packages: number): void;
  /** For example `compiling package 312 of 1,298`. */
  describe(): string;
}

const shown = (count: number) => count.toLocaleString('en');

export function createBuildProgress(): BuildProgress {
  let toolchain: string | undefined;
  let downloads = 0;
  let begun = 0;
  let expected: number | undefined;
  return {
    line(line) {
      const [, downloading] = /^go: downloading (\S+) /.exec(line) ?? [];
      if (downloading?.startsWith('go1.')) toolchain = downloading;
      else if (downloading) downloads += 1;
      // Go prints each package as it starts compiling it; a line with a space is a message.
      else if (expected !== undefined && line !== '' && !/\s/.test(line)) begun += 1;
    },
    expect(packages) {
      expected = packages;
    },
    describe() {
      if (expected === undefined && toolchain && downloads === 0) return `downloading ${toolchain}`;
      if (expected === undefined) return `downloading the sources, ${shown(downloads)} modules so far`;
      return begun < expected ? `compiling package ${shown(begun)} of ${shown(expected)}` : 'linking';
    },
  };
}
