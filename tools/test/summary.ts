import type { StageResult } from "tools/test/stage.ts";

/**
 * The closing report: a line per stage, the sentences worth reading, and at the very end, alone on its line,
 * `N passed, N failed` (with `, N skipped` where tests were).
 */
export function summarise(stages: readonly StageResult[]): string {
  const width = Math.max(...stages.map((stage) => stage.name.length), 5);
  const lines = stages.map((stage) => {
    const counts = stage.passed + stage.failed > 1
      ? ` ${stage.passed} of ${stage.passed + stage.failed}`
      : "";
    return `${stage.name.padEnd(width)}  ${stage.failed ? "FAILED" : "ok"}${counts}  ${
      stage.seconds.toFixed(1)
    } s`;
  });
  const notes = stages.flatMap((stage) => stage.notes.map((note) => `${stage.name}: ${note}`));
  const skipped = stages.flatMap((stage) => stage.skipped);
  return ["", "== Summary", ...lines, ...notes, ...skipped, closingLine(stages)].join("\n");
}

/** `N passed, N failed`, over every test and every other stage. */
export function closingLine(stages: readonly StageResult[]): string {
  const passed = stages.reduce((sum, stage) => sum + stage.passed, 0);
  const failed = stages.reduce((sum, stage) => sum + stage.failed, 0);
  const skipped = stages.reduce((sum, stage) => sum + stage.skipped.length, 0);
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`;
}
