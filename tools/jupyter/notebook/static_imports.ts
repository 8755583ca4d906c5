import type { ImportedName } from "tools/jupyter/kernel/kernel_setup.ts";

/** What a cell imports. */
export interface CellImports {
  /** Every module named by a static import or a literal `import("...")`, in order. */
  readonly specifiers: readonly string[];
  /** The values taken by name; `import type` and `* as` ask for none. */
  readonly names: readonly ImportedName[];
}

const staticImport =
  /^[ \t]*import\s+(?!type\s)(?:([\w$]+)\s*,?\s*)?(?:\{([^}]*)\}|\*\s*as\s+[\w$]+)?\s*(?:\bfrom\s*)?["']([^"'\n]+)["']/gm;
const dynamicImport = /\bimport\(\s*["']([^"'\n]+)["']/g;

/** The imports in a cell's source, found by pattern: for diagnosis, not for compiling. */
export function staticImports(source: string): CellImports {
  // Code quoted in comments or templates is not the cell's own.
  const code = source.replace(/\/\*[\s\S]*?\*\/|`(?:\\[\s\S]|[^`\\])*`/g, "");
  const specifiers: string[] = [];
  const names: ImportedName[] = [];
  for (const [, defaultName, braces, specifier] of code.matchAll(staticImport)) {
    specifiers.push(specifier);
    if (defaultName) names.push({ specifier, name: "default" });
    for (const item of (braces ?? "").replace(/\/\/.*$/gm, "").split(",")) {
      const [name] = item.trim().split(/\s+as\s+/);
      if (/^[\w$]+$/.test(name)) names.push({ specifier, name });
    }
  }
  for (const [, specifier] of code.matchAll(dynamicImport)) specifiers.push(specifier);
  return { specifiers: [...new Set(specifiers)], names };
}
