import { assertEquals } from "@std/assert";
import { csvText } from "lib/figures/parts/csv_text.ts";

Deno.test("csvText() has every key as a column and leaves missing values empty", () => {
  assertEquals(csvText([{ a: 1 }, { b: true, a: null }]), "a,b\r\n1,\r\n,true\r\n");
});

Deno.test("csvText() quotes what holds commas, quotes or line breaks", () => {
  assertEquals(csvText([{ text: 'a,"b"\n' }]), 'text\r\n"a,""b""\n"\r\n');
});

Deno.test("csvText() drops the digits that differ between machines and keeps infinities", () => {
  assertEquals(csvText([{ x: 0.1 + 0.2, y: -Infinity }]), "x,y\r\n0.3,-Infinity\r\n");
});
