/** A heap of numbers: the least comes out first. */
export interface NumberHeap {
  size(): number;
  push(value: number): void;
  /** Takes the least number out. Of an empty heap it has no meaning. */
  pop(): number;
}

/** An empty binary heap. */
export function numberHeap(): NumberHeap {
  let values = new Float64Array(64);
  let size = 0;
  return {
    size: () => size,
    push(value: number) {
      if (size === values.length) {
        const larger = new Float64Array(2 * size);
        larger.set(values);
        values = larger;
      }
      let place = size++;
      while (place > 0) {
        const parent = (place - 1) >> 1;
        if (values[parent] <= value) break;
        values[place] = values[parent];
        place = parent;
      }
      values[place] = value;
    },
    pop(): number {
      const top = values[0];
      const last = values[--size];
      let place = 0;
      for (let child = 1; child < size; child = 2 * place + 1) {
        if (child + 1 < size && values[child + 1] < values[child]) child++;
        if (values[child] >= last) break;
        values[place] = values[child];
        place = child;
      }
      values[place] = last;
      return top;
    },
  };
}
