import { assertEquals, assertLessOrEqual } from "@std/assert";
import { StreamText } from "tools/jupyter/notebook/stream_text.ts";

Deno.test("StreamText keeps all of a text that is short enough, however it comes", () => {
  for (const pieces of [[""], ["ab\n", "c"], ["0123456789"], ["0123456789", "0123456789"]]) {
    const text = new StreamText(10);
    for (const piece of pieces) text.write(piece);
    assertEquals(text.toString(), pieces.join(""));
  }
});

Deno.test("StreamText keeps the first and the last characters of a longer one, and says how many it left out", () => {
  const all = Array.from({ length: 100 }, (_, index) => `line ${index}\n`).join("");
  const expected = `${all.slice(0, 20)}\n[${all.length - 40} characters left out: of a longer ` +
    `output the first and the last 20 are kept]\n${all.slice(-20)}`;
  for (const size of [1, 7, 20, 33, all.length]) {
    const text = new StreamText(20);
    for (let at = 0; at < all.length; at += size) text.write(all.slice(at, at + size));
    assertEquals(text.toString(), expected, `pieces of ${size}`);
  }
});

Deno.test("StreamText holds no more than it may, however much is written", () => {
  const text = new StreamText(1000);
  for (let piece = 0; piece < 5000; piece++) {
    text.write("x".repeat(piece % 3000));
    assertLessOrEqual(text.heldCharacters, 4000);
  }
});
