/** A log of the program begins a new file after 10 MB, or a week; four older files are kept. */
export const logLimits = { mostBytes: 10_000_000, mostDays: 7, keep: 4 };
