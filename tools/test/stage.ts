/** Takes what a stage has to say: the terminal, or a test's list. */
export type Log = (text: string) => void;

/** What one stage of `deno task test` found. */
export interface StageResult {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  /** A sentence per skipped test. */
  readonly skipped: readonly string[];
  /** Sentences worth reading in the summary, such as what failed. */
  readonly notes: readonly string[];
  readonly seconds: number;
}

/** A stage before its time is taken. */
export type StageFindings = Omit<StageResult, "name" | "seconds">;

/** A stage that is itself one check: it holds or it does not. */
export function singleCheck(ok: boolean, notes: readonly string[] = []): StageFindings {
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: [], notes };
}

/** Announces a stage, runs it and takes its time. A stage that throws has failed, and its message is a note. */
export async function runStage(
  name: string,
  work: () => Promise<StageFindings>,
  options: { log: Log },
): Promise<StageResult> {
  options.log(`\n== ${name}`);
  const start = performance.now();
  let findings: StageFindings;
  try {
    findings = await work();
  } catch (error) {
    findings = singleCheck(false, [error instanceof Error ? error.message : String(error)]);
  }
  const seconds = (performance.now() - start) / 1000;
  const word = findings.failed === 0 ? "ok" : "FAILED";
  options.log(`${word} (${seconds.toFixed(1)} s)`);
  return { name, ...findings, seconds };
}
