// Tests without a framework: test() runs a body and prints a TAP line, finish() the count.
let passed = 0, failed = 0;

export function test(name, body) {
  try {
    body();
    passed++;
    console.log(`ok ${passed + failed} - ${name}`);
  } catch (error) {
    failed++;
    console.log(`not ok ${passed + failed} - ${name}\n  # ${String(error.message).replaceAll('\n', '\n  # ')}`);
  }
}

export function finish() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed ? 1 : 0;
}
