/**
 * Sequences that one workgroup carries side by side: a WGSL vector holds a number of each, and eight
 * make two groups of four, which share the weights that a thread has read.
 */
export type RowCount = 1 | 2 | 4 | 8;

const COMPONENTS = ["x", "y", "z", "w"];

/** Sequences in one vector. */
const inVector = (rows: RowCount) => Math.min(rows, 4);

/** The groups of sequences, by number. */
export function rowGroups(rows: RowCount): number[] {
  return Array.from({ length: rows / inVector(rows) }, (_, group) => group);
}

/**
 * WGSL: the type `Rows` (a number per sequence), and which sequences this workgroup has.
 *
 * Rows past the end of the batch repeat its last sequence and are never stored.
 */
export function rowDeclarations(rows: RowCount): string {
  const places = Array.from(
    { length: inVector(rows) },
    (_, row) => `var<private> row${row} : i32;`,
  );
  return `
    alias Rows = ${rows === 1 ? "f32" : `vec${inVector(rows)}<f32>`};
    var<private> firstRow : i32;
    ${places.join("\n    ")}`;
}

/**
 * WGSL statements that set what `rowDeclarations` declares to a group's sequences; loads and stores
 * after them are that group's. Needs `uniforms.batchSize`.
 */
export function placeRows(rows: RowCount, group: number): string {
  const places = Array.from(
    { length: inVector(rows) },
    (_, row) => `row${row} = min(firstRow + ${row}, uniforms.batchSize - 1);`,
  );
  return `
      firstRow = i32(workgroupId.x) * ${rows} + ${group * inVector(rows)};
      ${places.join("\n      ")}`;
}

/** WGSL: `fn name(offset, width) -> Rows`, reading `[batch, width]` numbers that start at offset. */
export function rowLoader(name: string, source: string, rows: RowCount): string {
  const numbers = Array.from(
    { length: inVector(rows) },
    (_, row) => `${source}[offset + row${row} * width]`,
  );
  return `
    fn ${name}(offset : i32, width : i32) -> Rows {
      return Rows(${numbers.join(", ")});
    }`;
}

/** WGSL: `fn name(firstId, column, width) -> Rows`, each sequence's row of a table by `inputIds`. */
export function tableLoader(name: string, table: string, rows: RowCount): string {
  const numbers = Array.from(
    { length: inVector(rows) },
    (_, row) => `${table}[inputIds[firstId + row${row}] * width + column]`,
  );
  return `
    fn ${name}(firstId : i32, column : i32, width : i32) -> Rows {
      return Rows(${numbers.join(", ")});
    }`;
}

/** WGSL: `fn store(offset, width, values)`, the counterpart of a loader on `result`. */
export function rowStore(rows: RowCount): string {
  const stores = Array.from({ length: inVector(rows) }, (_, row) => {
    const value = rows === 1 ? "values" : `values.${COMPONENTS[row]}`;
    const store = `result[offset + row${row} * width] = ${value};`;
    const exists = row === 0 && rows <= 4;
    return exists ? store : `if (firstRow + ${row} < uniforms.batchSize) { ${store} }`;
  });
  return `
    fn store(offset : i32, width : i32, values : Rows) {
      ${stores.join("\n      ")}
    }`;
}
