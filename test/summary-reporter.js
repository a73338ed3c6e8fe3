/** Prints `N passed, N failed` alone on the last line; a file that could not be loaded counts as a failure. */
export default class SummaryReporter {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const tail = skipped > 0 ? `, ${skipped} skipped` : '';
    // A pipe may still be draining the default reporter's lines on stderr.
    setImmediate(() => console.log(`\n${results.numPassedTests} passed, ${failed} failed${tail}`));
  }
}
