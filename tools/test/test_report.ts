import type { StageFindings } from "tools/test/stage.ts";

/**
 * Reads what `deno test --junit-path` wrote.
 *
 * A run that ended badly without a failing test (a module that does not load, a leaked operation) counts as one failure.
 */
export function readTestReport(junit: string, options: { ok: boolean }): StageFindings {
  const notes: string[] = [];
  const skipped: string[] = [];
  let passed = 0, failed = 0;
  for (const testCase of testCases(junit)) {
    const where = `${testCase.name} (${testCase.file})`;
    if (testCase.body.includes("<skipped")) {
      skipped.push(`"${where}" did not run: what it needs is not on this machine.`);
    } else if (/<(failure|error)\b/.test(testCase.body)) {
      failed++;
      notes.push(`failed: ${where}`);
    } else passed++;
  }
  if (!options.ok && failed === 0) {
    failed = 1;
    notes.push("deno test ended with an error outside any test; its output stands above.");
  }
  return { passed, failed, skipped, notes };
}

function testCases(junit: string): { name: string; file: string; body: string }[] {
  const pattern =
    /<testcase name="([^"]*)" classname="([^"]*)"[^>]*?(?:\/>|>([\s\S]*?)<\/testcase>)/g;
  return [...junit.matchAll(pattern)].map(([, name, file, body]) => ({
    name: unescapeXml(name),
    file: unescapeXml(file),
    body: body ?? "",
  }));
}

function unescapeXml(text: string): string {
  const characters: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  return text
    .replace(
      /&#(x?)([0-9a-f]+);/gi,
      (_, hex, code) => String.fromCodePoint(parseInt(code, hex ? 16 : 10)),
    )
    .replace(/&(lt|gt|quot|apos|amp);/g, (_, name) => characters[name]);
}
