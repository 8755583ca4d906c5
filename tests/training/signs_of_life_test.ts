import { assertEquals } from "@std/assert";
import { giveSignOfLife, signsOfLife } from "lib/training/signs_of_life.ts";
import { turnTaker } from "lib/training/turn_taker.ts";

Deno.test("signsOfLife() counts every sign, and every step of a loop that takes its turns", async () => {
  const before = signsOfLife();
  giveSignOfLife();
  const takeTurn = turnTaker();
  for (let step = 0; step < 10; step++) await takeTurn();
  assertEquals(signsOfLife() - before, 11);
});
