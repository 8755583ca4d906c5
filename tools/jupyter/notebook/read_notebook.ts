import type { ICell, ICodeCell, INotebookContent, MultilineString } from "@jupyterlab/nbformat";
import { z } from "zod";

/** A file that is not a notebook; the message names the file and what is wrong in it. */
export class InvalidNotebookError extends Error {
  override name = "InvalidNotebookError";
}

const multilineString = z.union([z.string(), z.array(z.string())]);
const mimeBundle = z.record(z.string(), z.unknown());

const output = z.discriminatedUnion("output_type", [
  z.looseObject({
    output_type: z.literal("stream"),
    name: z.string(),
    text: multilineString,
  }),
  z.looseObject({ output_type: z.literal("display_data"), data: mimeBundle }),
  z.looseObject({ output_type: z.literal("execute_result"), data: mimeBundle }),
  z.looseObject({
    output_type: z.literal("error"),
    ename: z.string(),
    evalue: z.string(),
    traceback: z.array(z.string()),
  }),
]);

const cellCore = {
  id: z.string().optional(),
  source: multilineString,
  metadata: z.looseObject({ tags: z.array(z.string()).optional() }),
};

const cell = z.discriminatedUnion("cell_type", [
  z.looseObject({ ...cellCore, cell_type: z.literal("markdown") }),
  z.looseObject({ ...cellCore, cell_type: z.literal("raw") }),
  z.looseObject({
    ...cellCore,
    cell_type: z.literal("code"),
    execution_count: z.number().int().nullable().optional(),
    outputs: z.array(output),
  }),
]);

const notebookSchema = z.looseObject({
  nbformat: z.literal(4),
  nbformat_minor: z.number().int(),
  metadata: z.looseObject({
    kernelspec: z.looseObject({ name: z.string() }).optional(),
    language_info: z.looseObject({ name: z.string() }).optional(),
  }),
  cells: z.array(cell),
});

/**
 * Reads and checks a notebook of nbformat 4.
 *
 * @throws {InvalidNotebookError} if the file cannot be read, is not JSON, or is not a notebook; the message names the place.
 */
export async function readNotebook(path: string): Promise<INotebookContent> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    throw new InvalidNotebookError(
      `Cannot read the notebook ${path}: ${(error as Error).message}`,
    );
  }
  return parseNotebook(text, path);
}

/**
 * The notebook in a text of JSON, checked; `name` is for messages.
 *
 * @throws {InvalidNotebookError} if the text is not JSON or not a notebook.
 */
export function parseNotebook(text: string, name = "the notebook"): INotebookContent {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new InvalidNotebookError(
      `Cannot read ${name}: not valid JSON (${(error as Error).message})`,
    );
  }
  const parsed = notebookSchema.safeParse(json);
  if (!parsed.success) {
    const problems = parsed.error.issues.slice(0, 3).map((issue) =>
      `${issue.path.map(String).join(".") || "top level"}: ${issue.message}`
    );
    throw new InvalidNotebookError(
      `Cannot read ${name}: not a notebook of nbformat 4 (${problems.join("; ")})`,
    );
  }
  return json as INotebookContent;
}

/** Whether a cell holds code. */
export function isCodeCell(cell: ICell): cell is ICodeCell {
  return cell.cell_type === "code";
}

/** The text of a cell's source or of an output, whichever way nbformat has it. */
export function joinLines(lines: MultilineString): string {
  return Array.isArray(lines) ? lines.join("") : lines;
}

/** A cell's tags. */
export function cellTags(cell: ICell): readonly string[] {
  return (cell.metadata.tags ?? []) as string[];
}
