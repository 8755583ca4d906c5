/** Lines a module of the library may have. */
export const longestModule = 250;

const drawers = ["utils", "util", "helpers", "helper", "common", "misc", "mod", "index"];

/** A file's path and text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Modules of the library without a test that mirrors them: `tests/x/y_test.ts` for `lib/x/y.ts`.
 * A module of nothing but types needs none: there is nothing in it to run.
 */
export function mirrorProblems(modules: readonly SourceFile[], tests: readonly string[]): string[] {
  return modules.filter(({ path, text }) => path.endsWith(".ts") && exportsValue.test(text))
    .map(({ path }) => ({
      path,
      test: path.replace(/^lib\//, "tests/").replace(/\.ts$/, "_test.ts"),
    }))
    .filter(({ test }) => !tests.includes(test))
    .map(({ path, test }) => `${path} has no ${test}`);
}

const exportsValue =
  /^export\s+(?:(?:default|async|abstract)\s+)*(?:function|class|const|let|enum|\*|\{|default)/m;

/** Files too long to hold one idea, and names that say nothing of what is inside. */
export function sizeProblems(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    const lines = text.replace(/\n$/, "").split("\n").length;
    const name = path.split("/").at(-1)!.replace(/\.ts$/, "");
    return [
      ...lines > longestModule ? [`${path} has ${lines} lines, ${longestModule} are allowed`] : [],
      ...drawers.includes(name) ? [`${path} is a drawer or a barrel: name what it holds`] : [],
    ];
  });
}

/** Draws that no seed governs, in code or in a notebook's JSON: `Math.random` and tfjs's own generators. */
export function chanceProblems(files: readonly SourceFile[]): string[] {
  const unseeded = /\bMath\s*\.\s*random\s*\(|\btf\s*\.\s*random\w*\s*\(/;
  return files.flatMap(({ path, text }) =>
    text.split("\n").flatMap((line, index) =>
      unseeded.test(line) ? [`${path}, line ${index + 1}: chance without a seed`] : []
    )
  );
}
