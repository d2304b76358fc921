/**
 * Flags of V8 for a process that runs for weeks, in MB: by default, the garbage of a busy process grows to 200 MB before V8
 * looks at it (Node.js, "Command-line API", `--max-semi-space-size`).
 */
export const smallHeap = ['--max-semi-space-size=8'];
