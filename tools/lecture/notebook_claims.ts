import type { INotebookContent } from "@jupyterlab/nbformat";
import { cellTags, isCodeCell, joinLines } from "tools/jupyter/notebook/read_notebook.ts";
import {
  claimMime,
  type ClaimRecord,
  claimSchema,
  describeIssues,
} from "tools/lecture/claims_file.ts";

/** What `openLecture` says a notebook runs with: `{ corpus, seed, backend, versions }`. The same as `settingMime` in `lib/lecture/setting.ts`, which would load tfjs. */
export const settingMime = "application/vnd.unrolled.setting+json";

/** The claims found in a notebook's outputs. */
export interface FoundClaims {
  readonly claims: readonly ClaimRecord[];
  /** Records that are no claims, a sentence each. */
  readonly malformed: readonly string[];
}

/** The claims in an executed notebook's outputs, in order. */
export function emittedClaims(notebook: INotebookContent): FoundClaims {
  const claims: ClaimRecord[] = [];
  const malformed: string[] = [];
  for (const record of outputsOf(notebook, claimMime)) {
    const parsed = claimSchema.safeParse(record);
    if (parsed.success) {
      claims.push(parsed.data);
    } else {
      const id = (record as { id?: unknown } | null)?.id;
      malformed.push(`the claim ${id ?? "without an id"}: ${describeIssues(parsed.error)}`);
    }
  }
  return { claims, malformed };
}

/** The ids a notebook promises in `metadata.unrolled.claims`; undefined if it promises none. */
export function promisedClaims(notebook: INotebookContent): readonly string[] | undefined {
  const unrolled = notebook.metadata.unrolled as { claims?: unknown } | undefined;
  return Array.isArray(unrolled?.claims) ? unrolled.claims.map(String) : undefined;
}

/** The settings a notebook reported, one record merged from all its reports. */
export function reportedSettings(notebook: INotebookContent): Record<string, unknown> {
  return Object.assign({}, ...outputsOf(notebook, settingMime));
}

/** The names that a notebook's parameters cell declares, with their values where these are plain literals. */
export function declaredParameters(notebook: INotebookContent): Map<string, unknown> {
  const declared = new Map<string, unknown>();
  for (const cell of notebook.cells) {
    if (!cellTags(cell).includes("parameters")) continue;
    const pattern = /^\s*(?:const|let|var)\s+([\p{L}_$][\p{L}\p{N}_$]*)[^=\n]*=\s*([^;\n]*)/gmu;
    for (const [, name, value] of joinLines(cell.source).matchAll(pattern)) {
      declared.set(name, literalValue(value.trim()));
    }
  }
  return declared;
}

function literalValue(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^'(.*)'$/, '"$1"'));
  } catch {
    return undefined;
  }
}

function outputsOf(notebook: INotebookContent, mime: string): unknown[] {
  return notebook.cells.filter(isCodeCell).flatMap((cell) =>
    cell.outputs.flatMap((output) => {
      const record = (output.data as Record<string, unknown> | undefined)?.[mime];
      return record === undefined ? [] : [record];
    })
  );
}
