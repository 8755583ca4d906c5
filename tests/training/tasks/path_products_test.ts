import { assertEquals } from "@std/assert";
import { addProduct, addTransposedProduct, transposed } from "lib/training/tasks/path_products.ts";

const values = (...numbers: number[]) => ({ values: Float64Array.from(numbers) });

Deno.test("addProduct() adds A B to what is there, from the starts given", () => {
  const into = values(9, 100, 0, 0, 0);
  const a = { ...values(7, 7, 1, 2, 0, 3), start: 2 };
  addProduct(a, values(1, 2, 3, 4), { into: { ...into, start: 1 }, rows: 2, inner: 2, columns: 2 });
  assertEquals([...into.values], [9, 107, 10, 9, 12]);
});

Deno.test("addTransposedProduct() adds A^T B", () => {
  const into = values(1, 0, 0, 0, 0, 0);
  const [a, b] = [values(1, 0, 2, 3, 4, 5), values(1, 2, 10, 20)];
  addTransposedProduct(a, b, { into, rows: 2, inner: 3, columns: 2 });
  assertEquals([...into.values], [32, 62, 40, 80, 52, 104]);
});

Deno.test("transposed() swaps rows and columns", () => {
  assertEquals([...transposed(Float64Array.of(1, 2, 3, 4, 5, 6), 2, 3)], [1, 4, 2, 5, 3, 6]);
});
