import { assertEquals } from "@std/assert";
import { readTestReport } from "tools/test/test_report.ts";

const report = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="deno test" tests="4" failures="1" errors="0" time="0.087">
  <testsuite name="./tests/b_test.ts" tests="4" disabled="1" errors="0" failures="1">
    <testcase name="add() adds" classname="./tests/b_test.ts" time="0.001" line="4" col="6">
    </testcase>
    <testcase name="add() is &lt;fast&gt; &amp;amp; &#34;small&#x22;" classname="./tests/b_test.ts" time="0.001"/>
    <testcase name="add() agrees with a peer" classname="./tests/b_test.ts" time="0.000" line="5" col="6">
      <skipped/>
    </testcase>
    <testcase name="sub() fails" classname="./tests/b_test.ts" time="0.003" line="6" col="6">
      <failure message="Uncaught">&lt;testcase name="no test"&gt;</failure>
    </testcase>
  </testsuite>
</testsuites>`;

Deno.test("readTestReport() counts and names what passed, failed and was skipped", () => {
  assertEquals(readTestReport(report, { ok: false }), {
    passed: 2,
    failed: 1,
    skipped: [
      '"add() agrees with a peer (./tests/b_test.ts)" did not run: what it needs is not on this machine.',
    ],
    notes: ["failed: sub() fails (./tests/b_test.ts)"],
  });
});

Deno.test("readTestReport() reads names as they were written", () => {
  const failing = report.replaceAll("/>\n", "><failure/></testcase>\n");
  const { notes } = readTestReport(failing, { ok: false });
  assertEquals(notes[0], 'failed: add() is <fast> &amp; "small" (./tests/b_test.ts)');
});

Deno.test("readTestReport() counts a run that ended badly without a failing test as one failure", () => {
  assertEquals(readTestReport("", { ok: false }).failed, 1);
  assertEquals(readTestReport("", { ok: true }).failed, 0);
});

Deno.test("readTestReport() reads what deno test writes", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const source =
      'Deno.test("a()", () => {});\nDeno.test("b()", () => { throw new Error("no"); });\n' +
      'Deno.test({ name: "c()", ignore: Date.now() > 0, fn: () => {} });\n';
    await Deno.writeTextFile(`${folder}/a_test.ts`, source);
    const { success } = await new Deno.Command(Deno.execPath(), {
      args: ["test", "--no-config", "--junit-path=report.xml", "a_test.ts"],
      cwd: folder,
      stdout: "null",
      stderr: "null",
    }).output();
    const found = readTestReport(await Deno.readTextFile(`${folder}/report.xml`), { ok: success });
    assertEquals([found.passed, found.failed, found.skipped.length], [1, 1, 1]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
