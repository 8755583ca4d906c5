import { assertEquals, assertThrows } from "@std/assert";
import { joinBytes } from "lib/text/tokenizers/join_bytes.ts";

const tokenBytes = [Uint8Array.of(0xc3), Uint8Array.of(0xa9, 0x61), new Uint8Array(0)];

Deno.test("joinBytes() reads a character across two tokens", () => {
  assertEquals(joinBytes([0, 1, 2], tokenBytes), "éa");
  assertEquals(joinBytes([], tokenBytes), "");
});

Deno.test("joinBytes() writes U+FFFD for what is no UTF-8, and names an id without bytes", () => {
  assertEquals(joinBytes([1], tokenBytes), "\ufffda");
  assertThrows(() => joinBytes([0, 3], tokenBytes), RangeError, "id 3 at place 1");
});
