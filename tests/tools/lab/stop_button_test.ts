import { assertEquals } from "@std/assert";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { stopButton, type StopButtonParts } from "tools/lab/stop_button.ts";

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A kernel's state as the button sees it. */
interface Situation {
  cell: string | undefined;
  interrupts: number;
  readonly runningFile: string;
}

async function withButton(
  test: (press: () => Promise<void>, situation: Situation) => Promise<void>,
  times: Partial<StopButtonParts> = {},
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const situation: Situation = {
    cell: "one",
    interrupts: 0,
    runningFile: join(folder, "running"),
  };
  const press = stopButton({
    runningFile: situation.runningFile,
    runningCell: () => situation.cell,
    interrupt: () => {
      situation.interrupts++;
      return Promise.resolve();
    },
    searchMs: 60,
    patienceMs: 400,
    ...times,
  });
  try {
    await test(press, situation);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("stopButton() asks work that can be asked, and does not interrupt it", () =>
  withButton(async (press, situation) => {
    await Deno.writeTextFile(situation.runningFile, "");
    await press();
    assertEquals([existsSync(situation.runningFile), situation.interrupts], [false, 0]);
  }));

Deno.test("stopButton() interrupts a cell that cannot be asked", () =>
  withButton(async (press, situation) => {
    await press();
    assertEquals(situation.interrupts, 1);
  }));

for (const cell of ["one", undefined]) {
  Deno.test(`stopButton() asks work that begins a moment after the press, in cell ${cell}`, () =>
    withButton(async (press, situation) => {
      situation.cell = cell;
      const pressed = press();
      await wait(30);
      situation.cell = "one";
      await Deno.writeTextFile(situation.runningFile, "");
      await pressed;
      assertEquals([existsSync(situation.runningFile), situation.interrupts], [false, 0]);
    }, { searchMs: 1000 }));
}

Deno.test("stopButton() does nothing where no cell runs, or where the cell ends meanwhile", () =>
  withButton(async (press, situation) => {
    situation.cell = undefined;
    await press();
    situation.cell = "two";
    const pressed = press();
    situation.cell = "three";
    await pressed;
    assertEquals(situation.interrupts, 0);
  }));

Deno.test("stopButton() pressed several times at once interrupts once, and the cell after it never", () =>
  withButton(async (press, situation) => {
    await Promise.all([press(), press(), wait(30).then(press)]);
    assertEquals(situation.interrupts, 1);
    const late = press();
    situation.cell = "two";
    await late;
    assertEquals(situation.interrupts, 1);
    await press();
    assertEquals(situation.interrupts, 2, "the new cell's own press");
  }));

Deno.test("stopButton() gives a cell time to stop, and interrupts one that was asked and goes on", () =>
  withButton(async (press, situation) => {
    await Deno.writeTextFile(situation.runningFile, "");
    await press();
    await press();
    assertEquals(situation.interrupts, 0);
    await wait(400);
    await press();
    assertEquals(situation.interrupts, 1);
  }));

Deno.test("stopButton() asks new work at once, however short ago it asked other work", () =>
  withButton(async (press, situation) => {
    for (const cell of ["one", "one", "two"]) {
      situation.cell = cell;
      await Deno.writeTextFile(situation.runningFile, "");
      await press();
      assertEquals([existsSync(situation.runningFile), situation.interrupts], [false, 0]);
    }
  }));
