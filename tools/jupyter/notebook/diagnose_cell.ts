import { checkMissingExports } from "tools/jupyter/notebook/check_missing_exports.ts";
import { findSyntaxError } from "tools/jupyter/notebook/find_syntax_error.ts";
import type { FailureKind } from "tools/jupyter/run/execution_result.ts";
import type { CellReply } from "tools/jupyter/kernel/kernel_session.ts";
import type { SentinelReport } from "tools/jupyter/kernel/kernel_setup.ts";
import { staticImports } from "tools/jupyter/notebook/static_imports.ts";

/** What is wrong with a cell that has run. */
export interface CellDiagnosis {
  readonly kind: FailureKind;
  readonly name: string;
  readonly message: string;
  readonly traceback: readonly string[];
  /** Line of the cell in question, from 1, where it is known. */
  readonly line?: number;
}

/** What is known of a cell that has run. */
export interface CellEvidence {
  readonly source: string;
  readonly cwd: string;
  readonly reply: CellReply;
  readonly report: SentinelReport;
  /** Asks the kernel why it cannot import a module; undefined if it can. */
  readonly importFailure: (specifier: string) => Promise<string | undefined>;
}

/** Why a cell failed, as precisely as can be found out; undefined if it did not. */
export async function diagnoseCell(evidence: CellEvidence): Promise<CellDiagnosis | undefined> {
  const { reply, report, cwd } = evidence;
  const failed = reply.status === "error"
    ? await diagnoseError(evidence)
    : report.failures.length > 0
    ? recordedFailure(report)
    : undefined;
  if (failed && failed.kind !== "cell-error") return failed;

  const missing = report.absentNames.length > 0
    ? await checkMissingExports(report.absentNames, { cwd })
    : [];
  if (missing.length === 0) return failed;
  const consequence = failed ? `\nand so: ${failed.message}` : "";
  return {
    kind: "missing-export",
    name: "ImportError",
    message: missing.join("\n") + consequence,
    traceback: failed?.traceback ?? [],
    line: lineOf(evidence.source, report.absentNames[0].specifier),
  };
}

async function diagnoseError(evidence: CellEvidence): Promise<CellDiagnosis> {
  const { reply, source, importFailure } = evidence;
  const { errorName, errorMessage, traceback } = reply;
  const asTold = { name: errorName, message: errorMessage, traceback };
  // The kernel's whole answer to code it cannot parse, and to npm packages it cannot get.
  const unexplained = errorMessage === "Execution failed" && traceback.length === 0;
  if (unexplained) {
    const syntax = await findSyntaxError(source);
    if (syntax) {
      const { message, line, column } = syntax;
      const told = `${message} (line ${line}, column ${column})`;
      return {
        kind: "syntax-error",
        name: "SyntaxError",
        message: told,
        traceback: [`SyntaxError: ${told}`],
        line,
      };
    }
  }
  if (errorName === "SyntaxError" && !traceback.some((line) => /^\s+at /.test(line))) {
    const [, named] = /['/](.+)['/]/.exec(errorMessage) ?? [];
    return { kind: "syntax-error", ...asTold, line: named ? lineOf(source, named) : undefined };
  }
  if (unexplained || (errorName === "TypeError" && !thrownByModule(reply))) {
    for (const specifier of staticImports(source).specifiers) {
      const reason = await importFailure(specifier);
      if (!reason || !(unexplained || reason === errorMessage)) continue;
      const message = `Cannot import ${JSON.stringify(specifier)}: ${reason}`;
      return {
        kind: reason.startsWith("SyntaxError") ? "syntax-error" : "unresolved-import",
        name: errorName,
        message,
        traceback: traceback.length > 0 ? traceback : [`${errorName}: ${message}`],
        line: lineOf(source, specifier),
      };
    }
  }
  return { kind: "cell-error", ...asTold, message: errorText(reply) };
}

/** An error with the first places it came through; what is thrown need not be an error and may have none. */
function errorText({ errorName, errorMessage, traceback }: CellReply): string {
  const text = traceback.join("\n").trim() || `${errorName}: ${errorMessage}`;
  return text.split("\n").slice(0, 8).join("\n");
}

/** Whether the error came from a module's code that ran, not from loading it. */
function thrownByModule({ errorMessage, traceback }: CellReply): boolean {
  const frames = traceback.slice(errorMessage.split("\n").length);
  return frames.some((frame) => frame.includes("file://"));
}

function recordedFailure({ failures }: SentinelReport): CellDiagnosis {
  const [{ kind, name, message, stack }] = failures;
  const more = failures.length > 1 ? ` (and ${failures.length - 1} more)` : "";
  const how = {
    "unhandled-rejection": "A promise was rejected and nobody caught it",
    "timer-error": "A timer or event listener threw",
    "failed-test": "A test failed",
  }[kind];
  return {
    kind,
    name,
    message: `${how}: ${name}: ${message}${more}`,
    traceback: stack.split("\n"),
  };
}

/** The last line, from 1, that holds a text; undefined if none does. */
function lineOf(source: string, text: string): number | undefined {
  const index = source.split("\n").findLastIndex((line) => line.includes(text));
  return index < 0 ? undefined : index + 1;
}
