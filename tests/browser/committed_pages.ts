import { parseLectureOptions } from "tools/lecture/lecture_options.ts";
import { runLecture } from "tools/lecture/run_lecture.ts";
import { renderPlaygroundPage as renderPlayground } from "tools/playground/playground_page.ts";
import { repositoryRoot as root } from "../repository/repository_root.ts";

/** Writes the pages of the committed notebooks with the outputs they hold: nothing is executed. */
export async function writeCommittedPages(folder: string): Promise<void> {
  const terminal = { write() {}, isTerminal: false, width: () => 100, now: () => 0 };
  await runLecture(parseLectureOptions(["--out", folder]), {
    root,
    terminal,
    renderPlayground,
    execute: (notebook) => Promise.resolve({ notebook, ok: true, cells: [] }),
  });
}
