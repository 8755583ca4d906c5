import type { LectureSettings } from "tools/lecture/claims_file.ts";
import { escapeHtml } from "tools/page/escape_html.ts";

/** What the numbers of a page were measured with, as a list. */
export function settingsList(settings: LectureSettings): string {
  const entries: [string, string][] = [
    ["Corpus", settings.corpus ?? "not stated"],
    ["Seed", settings.seed === null ? "not stated" : String(settings.seed)],
    ["Backend", settings.backend ?? "not stated"],
    ["Budgets", settings.quick ? "quick" : "full"],
    ...Object.entries(settings.versions),
  ];
  return `<dl class="settings">${
    entries.map(([term, value]) =>
      `<div><dt>${escapeHtml(term)}</dt><dd>${escapeHtml(value)}</dd></div>`
    ).join("")
  }</dl>`;
}

/** A word of caution for pages of a quick run. */
export function quickNotice(): string {
  return '<p class="notice" role="note"><strong>A quick run.</strong> ' +
    "Models were trained with small budgets: the numbers show that everything works, not how it comes out.</p>";
}
