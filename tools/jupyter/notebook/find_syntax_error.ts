import { runDeno } from "tools/test/run_deno.ts";

/** Where and why a source does not parse; line and column from 1. */
export interface SyntaxProblem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/**
 * The first syntax error of a TypeScript source, undefined if it parses.
 *
 * It asks `deno fmt`, which parses with the parser that the kernel uses, and runs nothing.
 */
export async function findSyntaxError(source: string): Promise<SyntaxProblem | undefined> {
  const { ok, stderr } = await runDeno(["fmt", "--no-config", "--ext", "ts", "-"], {
    input: source,
  });
  const place = /at \S*:(\d+):(\d+)/.exec(stderr);
  if (ok || !place) return undefined;
  const [, message] = /SyntaxError: (.+)/.exec(stderr) ?? [undefined, "It does not parse"];
  return { message: message!, line: Number(place[1]), column: Number(place[2]) };
}
