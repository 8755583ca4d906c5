import type { LectureSettings } from "tools/lecture/claims_file.ts";
import type { FinishedNotebook } from "tools/lecture/finished_notebook.ts";
import { declaredParameters, reportedSettings } from "tools/lecture/notebook_claims.ts";

/** The settings of a run, and where its notebooks contradict one another. */
export interface SettingsOfRun {
  readonly settings: LectureSettings;
  readonly problems: readonly string[];
}

/**
 * What a run's claims were measured with: what was injected, else what the notebooks report, else what their parameters cells say.
 *
 * A `claims.json` has one corpus and one seed: notebooks that differ in them are a problem.
 */
export function settingsOfRun(
  notebooks: readonly FinishedNotebook[],
  { quick }: { quick: boolean },
): SettingsOfRun {
  const problems: string[] = [];
  const agreed = (key: "corpus" | "seed" | "backend", parameter?: string): unknown => {
    const values = new Map<unknown, string>();
    for (const { name, notebook, parameters } of notebooks) {
      const value = (parameter === undefined ? undefined : parameters[parameter]) ??
        reportedSettings(notebook)[key] ??
        (parameter === undefined ? undefined : declaredParameters(notebook).get(parameter));
      if (value !== undefined && value !== null) values.set(value, name);
    }
    if (values.size > 1) {
      const each = [...values].map(([value, name]) => `${value} in ${name}`).join(", ");
      problems.push(`The notebooks differ in their ${key}: ${each}`);
    }
    return [...values.keys()][0];
  };
  const corpus = agreed("corpus", "corpusName");
  const seed = agreed("seed", "seed");
  const backend = agreed("backend");
  const versions: Record<string, string> = { deno: Deno.version.deno };
  for (const { notebook } of notebooks) {
    for (const [name, version] of Object.entries(reportedSettings(notebook).versions ?? {})) {
      versions[name] ??= String(version);
    }
  }
  const settings = {
    corpus: corpus === undefined ? null : String(corpus),
    seed: typeof seed === "number" ? seed : null,
    backend: backend === undefined ? null : String(backend),
    versions,
    quick,
  };
  return { settings, problems };
}
