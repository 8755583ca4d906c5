/** Hands out the ids of one page, each once: an anchor must lead to one place. */
export class UniqueIds {
  readonly #taken = new Set<string>();
  /** Numbers to try next, by what was wanted. */
  readonly #next = new Map<string, number>();

  /** The wanted id, or the wanted id with the first free number after it. */
  take(wanted: string): string {
    const base = wanted || "section";
    let id = base;
    let number = this.#next.get(base) ?? 2;
    for (; this.#taken.has(id); number++) id = `${base}-${number}`;
    this.#next.set(base, number);
    this.#taken.add(id);
    return id;
  }
}

/** The id of a heading: its letters and digits in lower case, joined by hyphens. */
export function slug(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
}

/** The anchor of a claim on a page: `Q3.1` is at `#claim-Q3.1`. */
export function claimAnchor(claimId: string): string {
  return `claim-${claimId.replace(/[^A-Za-z0-9.-]+/g, "-")}`;
}
