// A reporter for `node --test`: counts tests, not suites, and writes the totals as JSON.
export default async function* tally(events) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of events) {
    if (data?.details?.type === 'suite') continue;
    if (type === 'test:fail') counts.failed++;
    if (type === 'test:pass') counts[data.skip === undefined ? 'passed' : 'skipped']++;
  }
  yield JSON.stringify(counts);
}
